import { DelayMeter } from '../../src/renderer/core/pace/DelayMeter';
import { type MediaState, PaceControl } from '../../src/renderer/core/pace/PaceControl';

const STEP_MS = 10;
const ASK_MS = 50;

/** What a line is like: its speed in bytes a second, one way of it in ms, and what media take of it, in bytes a second. */
export interface LineOptions {
  speed: number;
  delayMs: number;
  /** At a time, in ms from the beginning. */
  mediaSpeed: (nowMs: number) => number;
  /** What a busy machine adds to each measurement, in ms. */
  noiseMs?: () => number;
  media?: (nowMs: number) => MediaState;
}

/** One moment of a simulated line, ten a second. */
export interface LineMoment {
  nowMs: number;
  /** What files may have, and have. */
  allowed: number;
  /** What the queue adds in truth, in ms. */
  queueMs: number;
}

const UNKNOWN: MediaState = { estimate: null, isOfPath: false, speed: 0, isShort: false };

/** Files and media on one line in simulated time: one queue, which both wait in, and the pace of the files. */
export class SimulatedLine {
  readonly control = new PaceControl();
  readonly #options: LineOptions;
  readonly #meter = new DelayMeter();
  #nowMs = 0;
  #queueBytes = 0;
  #sentBytes = 0;
  /** Questions on their way: when each is answered, and with what. */
  #answers: { askedMs: number; peerMs: number; answeredMs: number }[] = [];

  constructor(options: LineOptions) {
    this.#options = options;
  }

  /** @param hasFile whether a file wants to go as fast as it may */
  run(ms: number, { hasFile = true, hasMedia = true } = {}): LineMoment[] {
    const moments: LineMoment[] = [];
    const { speed, mediaSpeed } = this.#options;
    for (const endMs = this.#nowMs + ms; this.#nowMs < endMs; this.#nowMs += STEP_MS) {
      const allowed = this.control.bytesPerSecond ?? Number.POSITIVE_INFINITY;
      // No line takes more than twice what it has, in this world.
      const fileBytes = hasFile ? (Math.min(allowed, 2 * speed) * STEP_MS) / 1000 : 0;
      this.#sentBytes += fileBytes;
      const mediaBytes = (mediaSpeed(this.#nowMs) * STEP_MS) / 1000;
      this.#queueBytes = Math.max(0, this.#queueBytes + fileBytes + mediaBytes - (speed * STEP_MS) / 1000);
      if (this.#nowMs % ASK_MS !== 0) continue;
      this.#measure();
      this.#decide(hasMedia);
      moments.push({ nowMs: this.#nowMs, allowed, queueMs: (this.#queueBytes / speed) * 1000 });
    }
    return moments;
  }

  #measure(): void {
    const { speed, delayMs, noiseMs = () => 0 } = this.#options;
    const nowMs = this.#nowMs;
    this.#meter.asked(nowMs);
    const wayMs = (this.#queueBytes / speed) * 1000 + delayMs + noiseMs();
    // The peer's clock is another one.
    this.#answers.push({
      askedMs: nowMs,
      peerMs: nowMs + wayMs - 123_456,
      answeredMs: nowMs + wayMs + delayMs,
    });
    for (const answer of this.#answers.filter(({ answeredMs }) => answeredMs <= nowMs))
      this.#meter.answered(answer);
    this.#answers = this.#answers.filter(({ answeredMs }) => answeredMs > nowMs);
  }

  #decide(hasMedia: boolean): void {
    const nowMs = this.#nowMs;
    this.control.update({
      nowMs,
      hasMedia,
      queueMs: this.#meter.queueMs(nowMs),
      roundTripMs: this.#meter.roundTripMs,
      sentBytes: this.#sentBytes,
      media: this.#options.media?.(nowMs) ?? UNKNOWN,
    });
  }
}
