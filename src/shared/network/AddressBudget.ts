import { TokenBucket } from '../TokenBucket';
import { networkOf } from './networkOf';

/** Networks remembered; when there are more, the one that asked longest ago is forgotten, which a total makes up for. */
const MAX_NETWORKS = 1024;

/** How often something may happen: a second and at once, for each address and in all. */
export interface AddressRates {
  perAddressPerSecond: number;
  burstPerAddress: number;
  /** No total where the two are not given: nobody can then use up what others need. */
  perSecond?: number;
  burst?: number;
}

/** How often something that costs us may be asked for, by address (IPv6: by /64 network) and in all. */
export class AddressBudget {
  readonly #rates: AddressRates;
  readonly #now: () => number;
  readonly #maxNetworks: number;
  readonly #total: TokenBucket | null;
  readonly #networks = new Map<string, TokenBucket>();

  /**
   * @param now a clock in ms that never goes back
   * @param maxNetworks how many addresses are told apart at a time
   */
  constructor(rates: AddressRates, now: () => number = () => performance.now(), maxNetworks = MAX_NETWORKS) {
    this.#rates = rates;
    this.#now = now;
    this.#maxNetworks = maxNetworks;
    const { burst, perSecond } = rates;
    this.#total =
      perSecond === undefined || burst === undefined ? null : new TokenBucket(perSecond, burst, now);
  }

  /**
   * Whether one more may be answered now.
   * @param isKnown something better vouches for this address: strangers elsewhere can't use up its share
   */
  consume(address: string, isKnown = false): boolean {
    const network = networkOf(address);
    const { burstPerAddress, perAddressPerSecond } = this.#rates;
    const bucket =
      this.#networks.get(network) ?? new TokenBucket(perAddressPerSecond, burstPerAddress, this.#now);
    this.#networks.delete(network);
    this.#networks.set(network, bucket);
    if (this.#networks.size > this.#maxNetworks) this.#forgetOldest();
    return bucket.consume() && (isKnown || this.#total === null || this.#total.consume());
  }

  #forgetOldest(): void {
    for (const network of this.#networks.keys()) {
      this.#networks.delete(network);
      return;
    }
  }
}
