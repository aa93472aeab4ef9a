import type { DeviceInfo } from '../../shared/device';
import { DialerHandshake } from '../../shared/identity/DialerHandshake';
import type { Auth, HandshakeOptions } from '../../shared/identity/Handshake';
import { type Identity, relaySideOf, sharedSecretOf } from '../../shared/identity/identity';
import { ListenerHandshake } from '../../shared/identity/ListenerHandshake';
import type { SessionScope } from '../../shared/protocol/purpose';
import { type Rebind, signRebind } from '../../shared/identity/rebind';
import type { Random } from '../ports';

/** Stands for a certificate where there has been no page yet; nothing is accepted then, so nobody ever sees it. */
export const NO_FINGERPRINT = '0'.repeat(64);
const OPEN: Auth = { mode: 'open' };

/** Who this device is to others: its key, what it says of itself, and the certificate of its page. */
export class OwnIdentity {
  readonly #identity: Identity;
  readonly #device: () => Omit<DeviceInfo, 'deviceId'>;
  readonly #random: Random;
  #fingerprint = NO_FINGERPRINT;

  /** @param device what it says of itself at present */
  constructor(identity: Identity, device: () => Omit<DeviceInfo, 'deviceId'>, random: Random) {
    this.#identity = identity;
    this.#device = device;
    this.#random = random;
  }

  get identityKey(): string {
    return this.#identity.publicKey;
  }

  get deviceId(): string {
    return this.#identity.deviceId;
  }

  get device(): DeviceInfo {
    return { deviceId: this.deviceId, ...this.#device() };
  }

  /** SHA-256 of the certificate of the page that attached last, lower-case hex. */
  get fingerprint(): string {
    return this.#fingerprint;
  }

  /** Another page is there. Handshakes from now on are signed for its certificate. */
  setFingerprint(fingerprint: string): void {
    this.#fingerprint = fingerprint;
  }

  /**
   * @param scope what is asked for
   * @param auth what both know beforehand, if anything
   */
  dial(sessionId: string, scope: SessionScope = 'all', auth: Auth = OPEN): DialerHandshake {
    const asked = scope === 'all' ? {} : { scope };
    return new DialerHandshake(this.#options(auth), { ...this.#claims, ...asked, sessionId });
  }

  /** @param auth what both know beforehand, if anything */
  listen(auth: Auth = OPEN): ListenerHandshake {
    return new ListenerHandshake(this.#options(auth), this.#claims);
  }

  /** What only this device and the one with that key can know, 32 bytes. @throws HitherError `bad-request` for a bad key */
  sharedWith(identityKey: string): Uint8Array {
    return sharedSecretOf(this.#identity, identityKey);
  }

  /** This device's side in a mailbox of a relay. @param role what it does there */
  relaySide(mailbox: string, role: 'waits' | 'comes'): string {
    return relaySideOf(this.#identity, mailbox, role);
  }

  signRebind(rebind: Rebind): string {
    return signRebind(this.#identity, rebind);
  }

  #options(auth: Auth): HandshakeOptions {
    return { identity: this.#identity, auth, random: this.#random };
  }

  get #claims() {
    return { ...this.#device(), fingerprint: this.#fingerprint, capabilities: [] };
  }
}
