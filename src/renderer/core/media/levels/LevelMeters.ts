/** How loud a stream is at a moment; both from 0 to 1, of full scale. */
export interface Level {
  /** Root mean square of some 85 ms. */
  rms: number;
  /** The largest sample of them; 0 is digital silence, which no microphone that is on gives. */
  peak: number;
}

/** Measures one stream. */
export interface Meter {
  /** `null` while the browser lets no sound be measured. */
  read(): Level | null;
  close(): void;
}

/** How often streams are measured, in ms: a syllable is 200. */
const EVERY_MS = 100;

interface Watched {
  meter: Meter;
  listeners: Set<(level: Level) => void>;
}

/** Measures streams for as long as somebody looks: one meter for each stream, however many look. */
export class LevelMeters {
  readonly #open: (stream: MediaStream) => Meter | null;
  readonly #watched = new Map<MediaStream, Watched>();
  #timer: ReturnType<typeof setInterval> | undefined;

  /** @param open makes the meter of a stream; `null` where it has no sound */
  constructor(open: (stream: MediaStream) => Meter | null) {
    this.#open = open;
  }

  /** Calls `listener` ten times a second with how loud the stream is; returns the disposer. */
  watch(stream: MediaStream, listener: (level: Level) => void): () => void {
    const watched = this.#watched.get(stream) ?? this.#begin(stream);
    watched?.listeners.add(listener);
    return () => {
      watched?.listeners.delete(listener);
      if (watched?.listeners.size === 0) this.#end(stream, watched);
    };
  }

  #begin(stream: MediaStream): Watched | null {
    const meter = this.#open(stream);
    if (!meter) return null;
    const watched: Watched = { meter, listeners: new Set() };
    this.#watched.set(stream, watched);
    this.#timer ??= setInterval(() => this.#measure(), EVERY_MS);
    return watched;
  }

  #end(stream: MediaStream, watched: Watched): void {
    if (this.#watched.get(stream) !== watched) return;
    this.#watched.delete(stream);
    watched.meter.close();
    if (this.#watched.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #measure(): void {
    for (const { meter, listeners } of this.#watched.values()) {
      const level = meter.read();
      if (level) for (const listener of listeners) listener(level);
    }
  }
}
