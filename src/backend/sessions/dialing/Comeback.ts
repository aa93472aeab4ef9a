import { Backoff, type BackoffTimes } from '../../../shared/Backoff';
import { TokenBucket } from '../../../shared/TokenBucket';
import type { EndReason } from '../../../shared/protocol/endReason';
import type { SessionScope } from '../../../shared/protocol/purpose';
import type { Cancel, Clock } from '../../ports';
import type { Session } from '../Session';

/** Between the tries to reach a device that has been seen; it may have to notice first that the old session is over. */
const TIMES: BackoffTimes = { firstMs: 500, longestMs: 15_000 };
/** Tries for each time that a device is seen: some two minutes of them. */
const MAX_TRIES = 12;

/** Sightings after which tries begin anew, at once and a second: a relay can have a device come and go without end. */
const BURST_SIGHTINGS = 5;
const SIGHTINGS_PER_SECOND = 1 / 30;

/** The tries to reach one device. */
interface Row {
  readonly backoff: Backoff;
  triesLeft: number;
  /** Ends the wait for the next try; `null` while a dial is under way. */
  cancel: Cancel | null;
}

export interface ComebackOptions {
  clock: Clock;
  /** Whether something with a trusted device is unfinished, so that its session should come back by itself. */
  isWanted: (deviceId: string) => boolean;
  hasSession: (deviceId: string) => boolean;
  /** Where a device is now; empty where it is not known to be anywhere. */
  isReachable: (deviceId: string) => boolean;
  /** Dials; rejects where no session comes of it. */
  dial: (deviceId: string, scope: SessionScope) => Promise<unknown>;
}

/**
 * Dials trusted devices again with which something was unfinished when the session was lost, or when Hither was closed at
 * either end: as soon as they are seen. A session that a person left, or that was declined, stays over.
 */
export class Comeback {
  readonly #options: ComebackOptions;
  /** Devices with which something was unfinished when somebody ended their last session. */
  readonly #left = new Set<string>();
  /** Devices whose last session was for everything; of others, and of those of an earlier run, only the files come back. */
  readonly #whole = new Set<string>();
  readonly #rows = new Map<string, Row>();
  /** By device with which something is unfinished. */
  readonly #sightings = new Map<string, TokenBucket>();

  constructor(options: ComebackOptions) {
    this.#options = options;
  }

  /** Whether a session with a device is to come back without a question. */
  isWanted(deviceId: string): boolean {
    return !this.#left.has(deviceId) && this.#options.isWanted(deviceId);
  }

  /** What may come back with a device without a question, or `null`. */
  wanted(deviceId: string): SessionScope | null {
    return this.isWanted(deviceId) ? this.#scopeOf(deviceId) : null;
  }

  /** Follows a session to its end. */
  follow(session: Session): void {
    const { deviceId } = session.peer;
    session.events.on('verified', () => {
      this.#left.delete(deviceId);
      if (session.ask.scope === 'all') this.#whole.add(deviceId);
      else this.#whole.delete(deviceId);
    });
    session.events.on('ended', ({ reason }) => this.#ended(deviceId, reason));
  }

  /** A device is on the network, perhaps again: tries that have become rare begin anew. */
  seen(deviceId: string): void {
    const running = this.#rows.get(deviceId);
    if (running?.triesLeft === MAX_TRIES || !this.isWanted(deviceId)) return;
    const isFresh = this.#sightingsOf(deviceId).consume();
    // Too many sightings begin no row of short pauses, and are not lost either.
    const times = isFresh ? TIMES : { ...TIMES, firstMs: TIMES.longestMs };
    const row = running ?? { backoff: new Backoff(times), triesLeft: 0, cancel: null };
    if (!isFresh && running !== undefined) {
      row.triesLeft = MAX_TRIES;
      return;
    }
    row.backoff.reset();
    row.triesLeft = MAX_TRIES;
    // A dial that is under way goes on by itself.
    if (running?.cancel === null) return;
    row.cancel?.();
    this.#rows.set(deviceId, row);
    this.#goOn(deviceId, row);
  }

  close(): void {
    for (const { cancel } of this.#rows.values()) cancel?.();
    this.#rows.clear();
  }

  #ended(deviceId: string, reason: EndReason): void {
    if (reason === 'busy' || reason === 'closed') return;
    if (reason !== 'lost') {
      // Others have nothing to come back for, and anybody with a new key is one more of them.
      if (this.#options.isWanted(deviceId)) this.#left.add(deviceId);
    } else if (this.#options.isReachable(deviceId)) this.seen(deviceId);
  }

  #sightingsOf(deviceId: string): TokenBucket {
    const now = (): number => this.#options.clock.monotonicMs();
    const bucket =
      this.#sightings.get(deviceId) ?? new TokenBucket(SIGHTINGS_PER_SECOND, BURST_SIGHTINGS, now);
    this.#sightings.set(deviceId, bucket);
    return bucket;
  }

  #scopeOf(deviceId: string): SessionScope {
    return this.#whole.has(deviceId) ? 'all' : 'files';
  }

  #isDue(deviceId: string): boolean {
    return this.isWanted(deviceId) && !this.#options.hasSession(deviceId);
  }

  /** Waits for the next try of a row, if there is to be one. */
  #goOn(deviceId: string, row: Row): void {
    if (row.triesLeft === 0 || !this.#isDue(deviceId)) {
      this.#rows.delete(deviceId);
      return;
    }
    row.cancel = this.#options.clock.after(row.backoff.next(), () => {
      row.cancel = null;
      if (this.#isDue(deviceId)) void this.#try(deviceId, row);
      else this.#rows.delete(deviceId);
    });
  }

  async #try(deviceId: string, row: Row): Promise<void> {
    row.triesLeft--;
    try {
      await this.#options.dial(deviceId, this.#scopeOf(deviceId));
      this.#rows.delete(deviceId);
    } catch {
      if (this.#rows.has(deviceId)) this.#goOn(deviceId, row);
    }
  }
}
