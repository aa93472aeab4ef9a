import type { MediaStats } from '../peer/mediaStats';
import type { MediaState } from './PaceControl';

/** Of the estimate or of their bound: media that send more would send still more if they could. */
const FULL = 0.85;
/** What one report counts beside those before it: pictures are not all of one size. */
const NEWEST = 0.5;

const UNKNOWN: MediaState = { estimate: null, isOfPath: false, speed: 0, isShort: false };

/** Makes of what a browser tells again and again how its media are doing. */
export class MediaMeter {
  #last: { atMs: number; sentBytes: number } | null = null;
  #speed: number | null = null;
  #state = UNKNOWN;

  /** As the last two reports have it. */
  get state(): MediaState {
    return this.#state;
  }

  /** @param nowMs when it was told */
  update({ estimate, most, sentBytes }: MediaStats, nowMs: number): void {
    const last = this.#last;
    this.#last = { atMs: nowMs, sentBytes };
    if (last === null || nowMs <= last.atMs) return;
    const speed = Math.max(0, ((sentBytes - last.sentBytes) * 1000) / (nowMs - last.atMs));
    this.#speed = this.#speed === null ? speed : NEWEST * speed + (1 - NEWEST) * this.#speed;
    // What media may have at most says more of them than of the path.
    const isOfPath = estimate !== null && (most === null || estimate < FULL * most);
    this.#state = {
      estimate,
      isOfPath,
      speed: this.#speed,
      isShort: isOfPath && speed >= FULL * estimate,
    };
  }

  /** Nothing is sent any more. */
  reset(): void {
    this.#last = null;
    this.#speed = null;
    this.#state = UNKNOWN;
  }
}
