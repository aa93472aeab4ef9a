import { HitherError } from '../errors';
import { parseJson } from '../parseJson';
import {
  Handshake,
  type HandshakeOptions,
  hasShareOf,
  type OwnClaims,
  type ProvenPeer,
  refusal,
  versionFor,
} from './Handshake';
import { AnyHello, Hello, Identify, type RefuseReason, type Welcome } from './messages';

/**
 * The listener's side: `handleHello` → `handleIdentify` → `accept` or `refuse`. Who the dialer is, is proven before this
 * side says who it is. Methods throw HitherError: `incompatible-version`, `protocol-violation`, or `tampered` for what
 * only somebody in between would send.
 */
export class ListenerHandshake extends Handshake {
  /** @param claims without the session, which the dialer names */
  constructor(options: HandshakeOptions, claims: Omit<OwnClaims, 'sessionId'>) {
    super('listener', options, { ...claims, sessionId: '0'.repeat(32) });
  }

  /** Takes the dialer's hello; returns the welcome, to be sent exactly so. */
  handleHello(text: string): string {
    const any = parseJson(AnyHello, text);
    if (any === null) throw new HitherError('protocol-violation');
    const version = versionFor(any.protocol);
    if (version === null) throw new HitherError('incompatible-version');
    const hello = parseJson(Hello, text);
    if (hello === null) throw new HitherError('protocol-violation');
    // A side that expects a secret speaks with nobody who has none, and the other way round.
    if (hello.auth !== this.auth.mode || !hasShareOf(hello.auth, hello.share))
      throw new HitherError('protocol-violation');
    const welcome: Welcome = { type: 'welcome', protocol: version, ...this.opening() };
    const welcomeText = JSON.stringify(welcome);
    this.open({ hello: text, welcome: welcomeText }, hello, version);
    return welcomeText;
  }

  /** Takes the dialer's sealed `identify`. */
  handleIdentify(sealed: Uint8Array): ProvenPeer {
    const identify = parseJson(Identify, this.openText(sealed));
    if (identify === null) throw new HitherError('protocol-violation');
    const peer = this.prove(identify);
    this.own.sessionId = peer.sessionId;
    return peer;
  }

  /**
   * This side's sealed `identify`.
   * @param lastSeq on a session that goes on: the last message seen
   */
  accept(lastSeq?: number): Uint8Array {
    return this.sealIdentify(lastSeq);
  }

  /** A sealed refusal; this side stays unknown. */
  refuse(reason: RefuseReason): Uint8Array {
    return this.channel.outgoing.seal(JSON.stringify(refusal(reason)));
  }
}
