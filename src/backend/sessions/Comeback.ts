import { Backoff, type BackoffTimes } from '../../shared/Backoff';
import type { EndReason } from '../../shared/protocol/endReason';
import type { Cancel, Clock } from '../ports';
import type { Session } from './Session';

/** Between the tries to reach a device that has been seen; it may have to notice first that the old session is over. */
const TIMES: BackoffTimes = { firstMs: 500, longestMs: 15_000 };
/** Tries for each time that a device is seen: some two minutes of them. */
const MAX_TRIES = 12;

export interface ComebackOptions {
  clock: Clock;
  /** Whether something with a trusted device is unfinished, so that its session should come back by itself. */
  isWanted: (deviceId: string) => boolean;
  hasSession: (deviceId: string) => boolean;
  /** Where a device is now; empty where it is not known to be anywhere. */
  isReachable: (deviceId: string) => boolean;
  /** Dials; rejects where no session comes of it. */
  dial: (deviceId: string) => Promise<unknown>;
}

/**
 * Dials trusted devices again with which something was unfinished when the session was lost, or when Hither was closed at
 * either end: as soon as they are seen. A session that a person left, or that was declined, stays over.
 */
export class Comeback {
  readonly #options: ComebackOptions;
  /** Devices whose last session ended because somebody wanted it to. */
  readonly #left = new Set<string>();
  readonly #trying = new Map<string, Cancel>();

  constructor(options: ComebackOptions) {
    this.#options = options;
  }

  /** Whether a session with a device is to come back without a question. */
  isWanted(deviceId: string): boolean {
    return !this.#left.has(deviceId) && this.#options.isWanted(deviceId);
  }

  /** Follows a session to its end. */
  follow(session: Session): void {
    const { deviceId } = session.peer;
    session.events.on('verified', () => this.#left.delete(deviceId));
    session.events.on('ended', ({ reason }) => this.#ended(deviceId, reason));
  }

  /** A device is on the network, perhaps again. */
  seen(deviceId: string): void {
    if (!this.#trying.has(deviceId)) this.#tryLater(deviceId, new Backoff(TIMES), MAX_TRIES);
  }

  close(): void {
    for (const cancel of this.#trying.values()) cancel();
    this.#trying.clear();
  }

  #ended(deviceId: string, reason: EndReason): void {
    if (reason === 'busy' || reason === 'closed') return;
    if (reason !== 'lost') this.#left.add(deviceId);
    else if (this.#options.isReachable(deviceId)) this.seen(deviceId);
  }

  #isDue(deviceId: string): boolean {
    return this.isWanted(deviceId) && !this.#options.hasSession(deviceId);
  }

  #tryLater(deviceId: string, backoff: Backoff, triesLeft: number): void {
    if (triesLeft === 0 || !this.#isDue(deviceId)) {
      this.#trying.delete(deviceId);
      return;
    }
    const cancel = this.#options.clock.after(backoff.next(), () => {
      if (!this.#isDue(deviceId)) {
        this.#trying.delete(deviceId);
        return;
      }
      this.#options.dial(deviceId).then(
        () => this.#trying.delete(deviceId),
        () => {
          if (this.#trying.has(deviceId)) this.#tryLater(deviceId, backoff, triesLeft - 1);
        },
      );
    });
    this.#trying.set(deviceId, cancel);
  }
}
