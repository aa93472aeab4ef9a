import { TokenBucket } from '../TokenBucket';
import { byNetwork, type CountAs, type Counted } from './countAs';

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

/** How often something that costs us may be asked for, by address and in all. */
export class AddressBudget {
  readonly #rates: AddressRates;
  readonly #now: () => number;
  readonly #maxNetworks: number;
  readonly #countAs: CountAs;
  readonly #total: TokenBucket | null;
  readonly #networks = new Map<string, TokenBucket>();

  /**
   * @param options.now a clock in ms that never goes back
   * @param options.maxNetworks how many addresses are told apart at a time
   * @param options.countAs what counts as one address
   */
  constructor(
    rates: AddressRates,
    {
      now = () => performance.now(),
      maxNetworks = MAX_NETWORKS,
      countAs = byNetwork,
    }: { now?: () => number; maxNetworks?: number; countAs?: CountAs } = {},
  ) {
    this.#countAs = countAs;
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
    const [own, ...wider] = this.#countAs(address);
    const isFine = (counted: Counted): boolean => this.#bucketOf(counted).consume();
    // Where something vouches for an address, its neighbours can't use up its share either.
    return isFine(own) && (isKnown || (wider.every(isFine) && (this.#total?.consume() ?? true)));
  }

  #bucketOf({ name, share }: Counted): TokenBucket {
    const { burstPerAddress, perAddressPerSecond } = this.#rates;
    const bucket =
      this.#networks.get(name) ??
      new TokenBucket(perAddressPerSecond * share, burstPerAddress * share, this.#now);
    this.#networks.delete(name);
    this.#networks.set(name, bucket);
    if (this.#networks.size > this.#maxNetworks) this.#forgetOldest();
    return bucket;
  }

  #forgetOldest(): void {
    for (const network of this.#networks.keys()) {
      this.#networks.delete(network);
      return;
    }
  }
}
