import { networkOf } from './networkOf';
import type { SessionLimits } from '../../../backend/sessions/timings';
import { TokenBucket } from '../../../shared/TokenBucket';

/** Networks remembered; when there are more, the one that asked longest ago is forgotten, which the total makes up for. */
const MAX_NETWORKS = 1024;

/** How many handshakes this device answers: each costs public-key operations, and a hello costs its sender nothing. */
export class HandshakeBudget {
  readonly #limits: SessionLimits;
  readonly #now: () => number;
  readonly #total: TokenBucket;
  readonly #networks = new Map<string, TokenBucket>();

  /** @param now a clock in ms that never goes back */
  constructor(limits: SessionLimits, now: () => number = () => performance.now()) {
    this.#limits = limits;
    this.#now = now;
    this.#total = new TokenBucket(limits.handshakesPerSecond, limits.burstHandshakes, now);
  }

  /**
   * Whether one more may be answered now.
   * @param isKnown a session lives with this address: strangers elsewhere can't use up its share
   */
  consume(address: string, isKnown: boolean): boolean {
    const network = networkOf(address);
    const { handshakesPerAddressPerSecond, burstHandshakesPerAddress } = this.#limits;
    const bucket =
      this.#networks.get(network) ??
      new TokenBucket(handshakesPerAddressPerSecond, burstHandshakesPerAddress, this.#now);
    this.#networks.delete(network);
    this.#networks.set(network, bucket);
    if (this.#networks.size > MAX_NETWORKS) this.#forgetOldest();
    return bucket.consume() && (isKnown || this.#total.consume());
  }

  #forgetOldest(): void {
    for (const network of this.#networks.keys()) {
      this.#networks.delete(network);
      return;
    }
  }
}
