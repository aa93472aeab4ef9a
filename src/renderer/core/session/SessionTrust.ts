import type { Backend } from '../../../shared/contract/backend';
import type { SessionInfo } from '../../../shared/contract/contract';
import type { TrustPermissions } from '../../../shared/contract/trust';
import { requireFingerprint } from '../../../shared/protocol/sdp';
import { requireSideSdp } from '../../../shared/protocol/sideLink';
import type { RtcSignal } from '../../../shared/protocol/signals';
import type { SessionSecurity } from '../types';

export interface SessionTrustOptions {
  sessionId: string;
  backend: Backend;
  /** Tells the other side that this one has verified. */
  sendVerified: () => void;
  /** Both sides have verified. */
  onVerified: () => void;
  onChange: () => void;
  /** A failure that no caller waits for. */
  onFailure: (error: unknown) => void;
}

/**
 * What one session knows of its peer, and whether both people have made sure of it. Nothing may reach the peer, and no
 * SDP be taken from it, before `onVerified`.
 */
export class SessionTrust {
  readonly #options: SessionTrustOptions;
  #known: SessionInfo | null = null;
  #isVerified = false;
  #isPeerVerified = false;
  /** Whether the session was accepted, so that verifying has begun. */
  #hasBegun = false;
  #hasSaidSo = false;
  #isDone = false;

  constructor(options: SessionTrustOptions) {
    this.#options = options;
  }

  get view(): SessionSecurity | null {
    if (!this.#known) return null;
    const { peerKey, code, trust } = this.#known;
    return { peerKey, code, trust, isVerified: this.#isVerified, isPeerVerified: this.#isPeerVerified };
  }

  /** What the peer may do without a question; `null` for a device that is not trusted. */
  get permissions(): TrustPermissions | null {
    const trust = this.#known?.trust;
    return trust?.state === 'trusted' ? trust.permissions : null;
  }

  /** Takes what the backend knows. Neither side takes a "verified" back, so an older word of the backend's changes none. */
  update(signaling: SessionInfo): void {
    this.#known = signaling;
    this.#isVerified ||= signaling.isVerified;
    this.#isPeerVerified ||= signaling.isPeerVerified;
    this.#goOn();
    this.#options.onChange();
  }

  /** The session was accepted, now or before this page was loaded. */
  begin(): void {
    this.#hasBegun = true;
    this.#goOn();
  }

  /** This person says that the codes match. @param pin whether the device is trusted from now on */
  async verify(pin: boolean): Promise<void> {
    if (!this.#hasBegun || this.#isVerified) return;
    const { backend, sessionId, onChange, onFailure } = this.#options;
    this.#isVerified = true;
    const marked = this.#mark('me');
    this.#goOn();
    onChange();
    try {
      await marked;
      if (pin) await backend.request('trust:pin', { sessionId });
    } catch (error) {
      onFailure(error);
    }
  }

  /** The other side has verified; saying it again changes nothing. */
  handleVerified(): void {
    if (this.#isPeerVerified) return;
    this.#isPeerVerified = true;
    this.#mark('peer').catch(() => undefined);
    this.#goOn();
    this.#options.onChange();
  }

  /**
   * Checks a signal of the peer's before the browser may see it.
   * @throws HitherError `protocol-violation` for an SDP that breaks the rules, `tampered` for one with another certificate
   *   than the peer has signed for
   */
  check(signal: RtcSignal): void {
    if (!this.#known) throw new Error('signals come only from a peer that is known');
    if (signal.type === 'offer' || signal.type === 'answer')
      requireFingerprint(signal.sdp, this.#known.peerFingerprint);
  }

  /**
   * Checks an SDP of a side link's, as `check` does.
   * @throws HitherError as `check`
   */
  checkSide(sdp: string): void {
    if (!this.#known) throw new Error('side links come only from a peer that is known');
    requireSideSdp(sdp, this.#known.peerFingerprint);
  }

  #goOn(): void {
    if (!this.#hasBegun || this.#isDone) return;
    if (this.#isVerified && !this.#hasSaidSo) {
      this.#hasSaidSo = true;
      this.#options.sendVerified();
    }
    if (!this.#isVerified || !this.#isPeerVerified) return;
    this.#isDone = true;
    this.#options.onVerified();
  }

  async #mark(by: 'me' | 'peer'): Promise<void> {
    const { backend, sessionId } = this.#options;
    await backend.request('signaling:markVerified', { sessionId, by });
  }
}
