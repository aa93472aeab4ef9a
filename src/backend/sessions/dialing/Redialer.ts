import type { LanAddress } from '../../../shared/address';
import { Backoff, type BackoffTimes } from '../../../shared/Backoff';
import type { Clock } from '../../ports';
import { type Dialed, NobodyListensError, RefusedError } from './dial';
import type { Session } from '../Session';

/** Refused connections in a row that tell that the other process is gone and not just the network. */
const MAX_REFUSALS = 3;

export interface RedialerOptions {
  session: Session;
  clock: Clock;
  times: BackoffTimes;
  /** Whether the session may come back in another way than over a socket: then this one is no reason to end it. */
  hasOtherWay: () => boolean;
  /** Where the peer may be now: where it was dialed first, and where it has been seen since. */
  addresses: () => readonly LanAddress[];
  dial: (addresses: readonly LanAddress[]) => Promise<Dialed>;
}

/**
 * Gives a session whose socket broke a new one, for as long as the session lives. Ends it as `lost` when the other side has
 * forgotten it, or its process is gone and no other carrier leads there. Whoever else answers there meanwhile is passed over.
 */
export class Redialer {
  readonly #options: RedialerOptions;
  #isRunning = false;
  /** The peer was seen since the last pause began: the next one is left out. */
  #isHurried = false;
  /** Ends the pause before the next try. */
  #wake: () => void = () => undefined;

  constructor(options: RedialerOptions) {
    this.#options = options;
  }

  /** The socket is gone. */
  start(): void {
    if (this.#isRunning || this.#hasEnded()) return;
    this.#isRunning = true;
    this.#isHurried = false;
    void this.#run().finally(() => {
      this.#isRunning = false;
    });
  }

  /** Tries at once: the peer has just been seen somewhere. */
  hurry(): void {
    this.#isHurried = true;
    this.#wake();
  }

  /** Whether something else than a socket holds the session. */
  get #isHeld(): boolean {
    const { session, hasOtherWay } = this.#options;
    return session.isUp || hasOtherWay();
  }

  #hasEnded(): boolean {
    return this.#options.session.ended.aborted;
  }

  async #run(): Promise<void> {
    const { session, times, addresses } = this.#options;
    const backoff = new Backoff(times);
    for (let refusals = 0; refusals < MAX_REFUSALS || this.#isHeld;) {
      if (!this.#isHurried) await this.#pause(backoff.next());
      this.#isHurried = false;
      if (this.#hasEnded() || session.isUpBy('lan')) return;
      // Nobody knows where; it starts again when the peer is seen.
      if (addresses().length === 0) return;
      try {
        // What answered may have died before it was read.
        if ((await this.#tryOnce()) && session.isUpBy('lan')) return;
        refusals = 0;
      } catch (error) {
        if (this.#hasEnded()) return;
        // While another carrier is up, whoever says that is another device at the same address.
        if (error instanceof RefusedError && error.reason === 'lost' && !this.#isHeld) break;
        refusals = error instanceof NobodyListensError ? refusals + 1 : 0;
      }
    }
    session.end('lost');
  }

  /** @returns whether the session goes on over what answered */
  async #tryOnce(): Promise<boolean> {
    const { session, addresses, dial } = this.#options;
    const { peer, carrier } = await dial(addresses());
    const isSame = peer.identityKey === session.peerKey && peer.lastSeq !== undefined;
    if (isSame && !this.#hasEnded()) {
      session.attach(carrier, peer.lastSeq ?? 0);
      return true;
    }
    carrier.close();
    return false;
  }

  async #pause(pauseMs: number): Promise<void> {
    const { clock, session } = this.#options;
    await new Promise<void>((resolve) => {
      const end = (): void => {
        cancel();
        session.ended.removeEventListener('abort', end);
        resolve();
      };
      const cancel = clock.after(pauseMs, end);
      session.ended.addEventListener('abort', end, { once: true });
      this.#wake = end;
    });
  }
}
