import type { PeerTrust, TrustPermissions } from '../../shared/contract/trust';

/** What one session knows of its peer's trustworthiness; what was verified stays so. */
export class SessionTrust {
  readonly #onChange: () => void;
  #trust: PeerTrust;
  #isVerified: boolean;
  #isPeerVerified = false;

  /** @param isProven whether something that both knew beforehand shows that nobody is in between */
  constructor(trust: PeerTrust, isProven: boolean, onChange: () => void) {
    this.#trust = trust;
    this.#isVerified = isProven || trust.state === 'trusted';
    this.#onChange = onChange;
  }

  /** What the list of trusted devices says of the peer. */
  get trust(): PeerTrust {
    return this.#trust;
  }

  /** What the peer may do without a question; `null` for a device that is not trusted. */
  get permissions(): TrustPermissions | null {
    return this.#trust.state === 'trusted' ? this.#trust.permissions : null;
  }

  /** This person has compared the code, or trusts the device. */
  get isVerified(): boolean {
    return this.#isVerified;
  }

  /** The other person says the same. */
  get isPeerVerified(): boolean {
    return this.#isPeerVerified;
  }

  get isVerifiedByBoth(): boolean {
    return this.#isVerified && this.#isPeerVerified;
  }

  markVerified(by: 'me' | 'peer'): void {
    if (by === 'me' ? this.#isVerified : this.#isPeerVerified) return;
    if (by === 'me') this.#isVerified = true;
    else this.#isPeerVerified = true;
    this.#onChange();
  }

  /** The list of trusted devices was changed. */
  update(trust: PeerTrust): void {
    if (JSON.stringify(trust) === JSON.stringify(this.#trust)) return;
    this.#trust = trust;
    if (trust.state === 'trusted') this.#isVerified = true;
    this.#onChange();
  }
}
