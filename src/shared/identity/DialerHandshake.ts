import { HitherError } from '../errors';
import { parseJson } from '../parseJson';
import { PROTOCOL_VERSION } from '../protocol/version';
import { Handshake, type HandshakeOptions, hasShareOf, type OwnClaims, type ProvenPeer } from './Handshake';
import { type Hello, HelloAnswer, IdentifyAnswer, type Refuse } from './messages';

/**
 * The dialer's side: `hello` → `handleWelcome` → `handleAnswer`. Any failure ends it; a new try is a new handshake.
 * Methods throw HitherError: `protocol-violation` for what breaks the rules, `tampered` for what only somebody in
 * between would send.
 */
export class DialerHandshake extends Handshake {
  /** The first message, to be sent exactly so. */
  readonly hello: string;

  constructor(options: HandshakeOptions, claims: OwnClaims) {
    super('dialer', options, claims);
    const hello: Hello = {
      type: 'hello',
      protocol: PROTOCOL_VERSION,
      auth: options.auth.mode,
      ...this.opening(),
    };
    this.hello = JSON.stringify(hello);
  }

  /**
   * Takes the listener's first message; returns this side's sealed `identify`, or the refusal that it was.
   * @param lastSeq on a session that goes on: the last message seen
   */
  handleWelcome(text: string, lastSeq?: number): Uint8Array | Refuse {
    const welcome = parseJson(HelloAnswer, text);
    if (welcome?.type === 'refuse') return welcome;
    if (welcome === null || !hasShareOf(this.auth.mode, welcome.share))
      throw new HitherError('protocol-violation');
    const { min, max } = PROTOCOL_VERSION;
    if (welcome.protocol < min || welcome.protocol > max) throw new HitherError('protocol-violation');
    this.open({ hello: this.hello, welcome: text }, welcome, welcome.protocol);
    return this.sealIdentify(lastSeq);
  }

  /** Takes the listener's sealed answer: who it is, or why not. */
  handleAnswer(sealed: Uint8Array): ProvenPeer | Refuse {
    const answer = parseJson(IdentifyAnswer, this.openText(sealed));
    if (answer === null) throw new HitherError('protocol-violation');
    if (answer.type === 'refuse') return answer;
    const peer = this.prove(answer);
    if (peer.sessionId !== this.own.sessionId) throw new HitherError('protocol-violation');
    return peer;
  }
}
