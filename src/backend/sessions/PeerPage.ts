import { isRebindOf, type Rebind } from '../../shared/identity/rebind';
import type { EndReason } from '../../shared/protocol/endReason';
import { TokenBucket } from '../../shared/TokenBucket';
import type { Clock } from '../ports';
import { NO_FINGERPRINT } from '../trust/OwnIdentity';

/** Reloads of the peer's page, a second and in a burst: each costs the check of a signature. */
const REBINDS_PER_SECOND = 0.5;
const MAX_REBINDS = 20;

/** Which certificate the peer's page has: that of the handshake, until the peer has signed for another one. */
export class PeerPage {
  readonly #peerKey: string;
  readonly #rebinds: TokenBucket;
  #fingerprint: string;

  constructor(peer: { identityKey: string; fingerprint: string }, clock: Pick<Clock, 'monotonicMs'>) {
    this.#peerKey = peer.identityKey;
    this.#fingerprint = peer.fingerprint;
    this.#rebinds = new TokenBucket(REBINDS_PER_SECOND, MAX_REBINDS, () => clock.monotonicMs());
  }

  get fingerprint(): string {
    return this.#fingerprint;
  }

  /** Whether the peer has a page at all. */
  get isThere(): boolean {
    return this.#fingerprint !== NO_FINGERPRINT;
  }

  /** Another page is there; returns why that can't be believed, or `null`. */
  rebind(rebind: Rebind, signature: string): EndReason | null {
    if (!this.#rebinds.consume()) return 'protocol-violation';
    if (!isRebindOf(this.#peerKey, rebind, signature)) return 'tampered';
    this.#fingerprint = rebind.fingerprint;
    return null;
  }
}
