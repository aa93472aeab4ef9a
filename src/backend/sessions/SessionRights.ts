import { ALL_RIGHTS, type PeerRights, rightNeeded } from '../../shared/protocol/rights';

/** What the two sides of a session may do, each as the other one has it. */
export class SessionRights {
  /** What the peer may do here. */
  readonly peer: PeerRights;
  #own: PeerRights = ALL_RIGHTS;

  constructor(peer: PeerRights = ALL_RIGHTS) {
    this.peer = peer;
  }

  /** What this side may do there. */
  get own(): PeerRights {
    return this.#own;
  }

  /** The peer says what this side may do there. */
  handle(own: PeerRights): void {
    this.#own = own;
  }

  /** Whether the peer is to be told: it has less than everything. */
  get isLimited(): boolean {
    return Object.values(this.peer).includes(false);
  }

  /** Whether the peer may say a message here. */
  allowsPeer(feature: string, body: unknown): boolean {
    const right = rightNeeded(feature, body);
    return right === null || this.peer[right];
  }

  /** Whether this side may say a message there. */
  allowsOwn(feature: string, body: unknown): boolean {
    const right = rightNeeded(feature, body);
    return right === null || this.#own[right];
  }
}
