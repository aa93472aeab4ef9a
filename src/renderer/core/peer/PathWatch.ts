import { heardByPair, selectedPair } from './candidatePairs';

/** How often a connection is looked at, in ms: a report costs the browser a millisecond or two. */
const LOOK_MS = 500;
/** The same for one on which nothing came since the last look. */
const QUIET_LOOK_MS = 250;
/**
 * How long the peer's browser may leave a poke unanswered, in ms, beside two round trips, as a line that fills up may double one.
 * Chromium 156 acknowledges a poke within 200 ms and a round trip, and calls a path disconnected 6 to 7.5 s after its last packet
 * (measured with tests/support/lab).
 */
const ANSWER_MS = 1_000;

export interface PathWatchOptions {
  report: () => Promise<RTCStatsReport>;
  /** Sends something that the peer's browser acknowledges by itself. */
  poke: () => void;
  /** Nothing has come for a while; said once, until `onHeard`. */
  onSilent: () => void;
  onHeard: () => void;
  /** Packets take another pair of candidates than before, or the first one. */
  onPair: (report: RTCStatsReport) => void;
  /** A clock in ms that never goes back. */
  now?: () => number;
}

/**
 * Watches what comes over a connection: tells of silence long before ICE does, which checks a path that works every 2.5 s, and
 * of the path that packets take.
 */
export class PathWatch {
  readonly #options: PathWatchOptions;
  readonly #now: () => number;
  #heard = new Map<string, number>();
  /** When it was first poked since something came; `null` where it was not. */
  #pokedMs: number | null = null;
  /** Of the pair in use, as it was last measured. */
  #roundTripMs = 0;
  #isSilent = false;
  #pairId: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isStopped = false;

  constructor(options: PathWatchOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
  }

  /** The connection is up. */
  start(): void {
    void this.#look();
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  async #look(): Promise<void> {
    const report = await this.#options.report().catch(() => null);
    if (this.#isStopped) return;
    const hasHeard = report !== null && this.#note(report);
    if (!hasHeard) this.#quiet();
    this.#timer = setTimeout(() => void this.#look(), hasHeard ? LOOK_MS : QUIET_LOOK_MS);
  }

  /** @returns whether anything has come since the last report */
  #note(report: RTCStatsReport): boolean {
    const before = this.#heard;
    this.#heard = heardByPair(report);
    const pair = selectedPair(report);
    const pairId = pair?.id ?? null;
    this.#roundTripMs = (pair?.currentRoundTripTime ?? 0) * 1000;
    if (pairId !== null && pairId !== this.#pairId) {
      this.#pairId = pairId;
      this.#options.onPair(report);
    }
    const hasHeard = [...this.#heard].some(([id, count]) => count > (before.get(id) ?? 0));
    if (!hasHeard) return false;
    this.#pokedMs = null;
    if (this.#isSilent) this.#options.onHeard();
    this.#isSilent = false;
    return true;
  }

  #quiet(): void {
    this.#options.poke();
    this.#pokedMs ??= this.#now();
    if (this.#isSilent || this.#now() - this.#pokedMs < ANSWER_MS + 2 * this.#roundTripMs) return;
    this.#isSilent = true;
    this.#options.onSilent();
  }
}
