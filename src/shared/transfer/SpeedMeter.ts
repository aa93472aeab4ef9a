/** Mean speed over a sliding window; long enough that a row of numbers can be read, short enough to follow a stall. */
const WINDOW_MS = 3000;
/** Samples closer than this are merged, so that memory does not grow with the packet rate. */
const SAMPLE_MS = 100;

/** Measures bytes per second. Times come from the caller, in ms on any one clock. */
export class SpeedMeter {
  #samples: { atMs: number; totalBytes: number }[] = [];

  /** Notes that `totalBytes` have passed in all by `nowMs`. */
  note(totalBytes: number, nowMs: number): void {
    const last = this.#samples.at(-1);
    if (last && nowMs - last.atMs < SAMPLE_MS) return;
    this.#samples.push({ atMs: nowMs, totalBytes });
    while ((this.#samples[1]?.atMs ?? nowMs) < nowMs - WINDOW_MS) this.#samples.shift();
  }

  /** Bytes per second up to `nowMs`, given the total by then; 0 without enough history. */
  bytesPerSecond(totalBytes: number, nowMs: number): number {
    const first = this.#samples.find((sample) => sample.atMs >= nowMs - WINDOW_MS) ?? this.#samples.at(-1);
    if (!first || nowMs <= first.atMs) return 0;
    return Math.max(0, ((totalBytes - first.totalBytes) * 1000) / (nowMs - first.atMs));
  }

  /** Forgets the past, as after a pause. */
  reset(): void {
    this.#samples = [];
  }
}
