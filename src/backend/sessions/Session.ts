import type { EndedBy, SessionInfo, SessionPhase, SessionProof } from '../../shared/contract/sessions';
import { Emitter } from '../../shared/Emitter';
import { HitherError } from '../../shared/errors';
import type { ProvenPeer } from '../../shared/identity/Handshake';
import type { LanAddress } from '../../shared/address';
import type { EndReason } from '../../shared/protocol/endReason';
import type { SessionScope } from '../../shared/protocol/purpose';
import { SessionFrame, type SequencedFrame } from '../../shared/protocol/frames';
import { parseMessage } from '../../shared/protocol/parseMessage';
import { SESSION_FEATURE, SessionMessage } from '../../shared/protocol/session';
import type { AgreedFiles, Cancel } from '../ports';
import type { CarrierKind, Route } from './carriers/Carrier';
import { Exchange } from './carriers/Exchange';
import type { SealedCarrier } from './carriers/SealedCarrier';
import { PeerPage } from './PeerPage';
import { SessionCarriers } from './carriers/SessionCarriers';
import { PersonWait } from './PersonWait';
import { SessionAsk } from './SessionAsk';
import { SessionRights } from './SessionRights';
import type { SessionEvents, SessionOptions } from './sessionParts';
import { SessionTrust } from './SessionTrust';

/** What envelope and seal add to a message, in bytes, at most. */
const ENVELOPE_BYTES = 200;
/** Ends that somebody on the other side chose. */
const ENDS_BY_PEER: readonly EndReason[] = ['left', 'closed', 'declined', 'cancelled', 'code-mismatch'];

/**
 * A verified conversation between two devices: an ordered, lossless exchange of messages that outlives every carrier. Knows
 * where it stands and ends by itself when nobody answers the request, when no carrier comes back, and when the peer
 * breaks the rules.
 */
export class Session {
  readonly sessionId: string;
  readonly peer: ProvenPeer['device'];
  /** Who may take up the session when its carriers broke, and nobody else. */
  readonly peerKey: string;
  readonly role: 'dialer' | 'listener';
  /** The address that was dialed; `null` on the side that was called. */
  readonly dialed: LanAddress | null;
  readonly events = new Emitter<SessionEvents>();
  readonly trust: SessionTrust;
  /** What it was asked for. */
  readonly ask: SessionAsk;
  readonly #options: SessionOptions;
  readonly #exchange: Exchange;
  readonly #peerPage: PeerPage;
  readonly #ended = new AbortController();
  readonly #carriers: SessionCarriers;
  readonly #proof: SessionProof;
  readonly #rights: SessionRights;
  #ownFingerprint: string;
  #cancelWindow: Cancel | null = null;
  readonly #person: PersonWait;
  #isAccepted = false;
  #hasSaidVerified = false;
  #wasVerified = false;
  #told = '';

  constructor(options: SessionOptions) {
    const { peer, role, route, ownFingerprint, trust, clock, limits, timings } = options;
    this.sessionId = peer.sessionId;
    this.peer = peer.device;
    this.peerKey = peer.identityKey;
    this.role = role;
    this.dialed = options.dialed ?? null;
    this.#proof = options.proof ?? 'code';
    this.#rights = new SessionRights(options.rights);
    this.trust = new SessionTrust(trust, this.#proof !== 'code', () => this.#goOn());
    this.ask = new SessionAsk(options, () => this.#tell());
    this.#carriers = new SessionCarriers(route);
    this.#ownFingerprint = ownFingerprint;
    this.#peerPage = new PeerPage(peer, clock);
    this.#options = options;
    this.#exchange = new Exchange({ clock, limits, onFrame: (frame) => this.#handleFrame(frame) });
    this.#person = new PersonWait(clock, () => this.end('timed-out'));
    this.#person.start(timings.answerTimeoutMs);
    // Before anything else that goes to the peer, which waits for it.
    if (this.ask.purpose !== null) this.#say({ type: 'purpose', purpose: this.ask.purpose });
    this.#told = JSON.stringify({ ...this.view, isShown: this.isShown });
  }

  /** Aborts when the session has ended. */
  get ended(): AbortSignal {
    return this.#ended.signal;
  }

  /** Whether somebody came by an invite of this side's. */
  get isOfGuest(): boolean {
    return this.role === 'listener' && this.#proof !== 'code';
  }

  /** Whether any carrier leads to the peer. */
  get isUp(): boolean {
    return this.#exchange.isUp;
  }

  /** Whether a carrier of this kind leads to the peer. */
  isUpBy(kind: CarrierKind): boolean {
    return this.#carriers.ofKind(kind).length > 0;
  }

  /** How the peer is reached, or was last. */
  get route(): Route {
    return this.#carriers.route;
  }

  get isAccepted(): boolean {
    return this.#isAccepted;
  }

  /** Both people have accepted and verified: features may send. */
  get isVerified(): boolean {
    return this.#isAccepted && this.trust.isVerifiedByBoth;
  }

  /** Whether the page is to know of it: a request is shown when it is known what it is for. */
  get isShown(): boolean {
    return this.ask.isKnown || this.#isAccepted;
  }

  /** The files that the person agreed to along with the session. */
  get agreedFiles(): AgreedFiles | null {
    return this.ask.agreed;
  }

  /** The number of the last message that came in. */
  get lastSeq(): number {
    return this.#exchange.lastSeq;
  }

  /** What both sides have from the first handshake to make keys of further carriers with: 32 bytes. */
  get exporter(): Uint8Array {
    return this.#options.exporter;
  }

  get phase(): SessionPhase {
    if (!this.#isAccepted) return this.role === 'dialer' ? 'asking' : 'asked';
    if (!this.trust.isVerifiedByBoth) return 'verifying';
    return this.isUp ? 'connected' : 'reconnecting';
  }

  get view(): SessionInfo {
    const { sessionId, peer, peerKey, role, phase } = this;
    const { kind, address, iceServers } = this.route;
    const { peer: rights, own: ownRights } = this.#rights;
    const { trust, isVerified, isPeerVerified } = this.trust;
    const { scope, purpose } = this.ask;
    return {
      ...{ sessionId, peer, peerKey, role, phase, scope, purpose, trust, isVerified, isPeerVerified },
      ...{ proof: this.#proof, rights, ownRights },
      route: { kind, address, iceServers: [...iceServers] },
      peerFingerprint: this.#peerPage.fingerprint,
      hasPeerPage: this.#peerPage.isThere,
      code: this.#options.peer.code,
      waitsUntilMs: this.#person.untilMs,
    };
  }

  /**
   * Goes on over a carrier, the first or a further one. The one before of the same kind gives way.
   * @param peerLastSeq the last message that the peer has seen; `null` where its first frame tells
   */
  attach(carrier: SealedCarrier, peerLastSeq: number | null): void {
    for (const old of this.#carriers.ofKind(carrier.kind)) this.#drop(old);
    this.#carriers.add(carrier);
    if (this.isVerified) carrier.trust();
    if (peerLastSeq === null) carrier.send({ type: 'resume', seq: this.lastSeq });
    if (!this.#exchange.attach(carrier, peerLastSeq)) {
      this.end('protocol-violation');
      return;
    }
    this.#watchCarriers();
    this.events.emit('carrier', { kind: carrier.kind, isUp: true });
    carrier.read({
      onText: (text) => this.#handle(carrier, text),
      onClosed: () => this.#lost(carrier),
    });
  }

  /** The relay has other ICE servers, or new credentials for them. */
  updateRelayRoute(route: Route): void {
    if (!this.ended.aborted && this.#carriers.updateRelayRoute(route)) this.#tell();
  }

  /** Lets a carrier go that others have taken the place of. */
  retire(kind: CarrierKind): void {
    for (const carrier of this.#carriers.ofKind(kind)) this.#drop(carrier);
    this.#watchCarriers();
  }

  /**
   * Sends a message of a feature, now or when a carrier is up again.
   * @throws HitherError `bad-request` for a message too large, `not-verified` before both people have verified, `not-allowed` in a
   *   session for other things, `connection-lost` when too much waits already
   */
  send(feature: string, body: unknown): void {
    if (!this.isVerified) throw new HitherError('not-verified');
    if (!this.ask.includes(feature) || !this.#rights.allowsOwn(feature, body))
      throw new HitherError('not-allowed');
    this.#push(feature, body);
  }

  /** This side's page has another certificate: the peer hears of it before anything that the page says from now on. */
  rebind(fingerprint: string): void {
    if (fingerprint === this.#ownFingerprint || this.ended.aborted) return;
    this.#ownFingerprint = fingerprint;
    const { sessionId } = this;
    const isKept = this.#exchange.push((seq) => {
      const signature = this.#options.signRebind({ sessionId, seq, fingerprint });
      return { type: 'rebind', seq, fingerprint, signature };
    });
    if (!isKept) this.end('lost');
  }

  /** The person who was asked says yes. @param scope to no more than this */
  accept(scope: SessionScope = this.ask.scope): void {
    if (this.phase !== 'asked' || this.ended.aborted) return;
    this.ask.narrow(scope);
    if (this.#rights.isLimited) this.#say({ type: 'rights', rights: this.#rights.peer });
    this.#say({ type: 'accept', scope: this.ask.scope });
    this.#accepted();
  }

  /** This person says that the codes match. */
  verify(): void {
    if (this.#isAccepted) this.trust.markVerified('me');
  }

  /**
   * Ends the session and, where a carrier is up, tells the peer why.
   * @param by whose doing it is
   */
  end(reason: EndReason, by: EndedBy = 'none'): void {
    if (this.ended.aborted) return;
    const best = this.#exchange.flushAll();
    // After the last messages, where they went; one that is not up yet will do where nothing went anywhere.
    const carriers = this.#carriers.all;
    (carriers.find((carrier) => carrier === best) ?? carriers[0])?.send({ type: 'close', reason });
    this.#finish(reason, by);
  }

  #push(feature: string, body: unknown): void {
    const text = JSON.stringify(body);
    const { maxMessageBytes } = this.#options.limits;
    // A character has three bytes at most, so most messages need not be encoded to know that they fit.
    const sizeBytes =
      text.length * 3 < maxMessageBytes / 2 ? text.length : new TextEncoder().encode(text).length;
    if (sizeBytes + ENVELOPE_BYTES > maxMessageBytes) throw new HitherError('bad-request', { sizeBytes });
    if (this.#exchange.push((seq) => ({ type: 'message', seq, feature, body }))) return;
    this.end('lost');
    throw new HitherError('connection-lost');
  }

  #say(message: SessionMessage): void {
    this.#push(SESSION_FEATURE, message);
  }

  #accepted(): void {
    this.#isAccepted = true;
    this.ask.settle();
    this.events.emit('accepted', undefined);
    if (this.ended.aborted) return;
    if (this.trust.isVerifiedByBoth) this.#person.stop();
    else this.#person.start(this.#options.timings.verifyTimeoutMs);
    this.#goOn();
  }

  /** Says what is to be said of verifying, and begins once both have. */
  #goOn(): void {
    if (this.ended.aborted) return;
    if (this.#isAccepted && this.trust.isVerified && !this.#hasSaidVerified) {
      this.#hasSaidVerified = true;
      this.#say({ type: 'verified' });
    }
    const isNew = this.isVerified && !this.#wasVerified;
    this.#wasVerified ||= isNew;
    if (isNew) {
      this.#person.stop();
      this.#exchange.trust();
      for (const carrier of this.#carriers.all) carrier.trust();
    }
    this.#tell();
    if (isNew) this.events.emit('verified', undefined);
  }

  #tell(): void {
    const { view } = this;
    const text = JSON.stringify({ ...view, isShown: this.isShown });
    if (text === this.#told) return;
    this.#told = text;
    this.events.emit('changed', view);
  }

  #finish(reason: EndReason, by: EndedBy): void {
    if (this.ended.aborted) return;
    this.#exchange.close();
    this.#cancelWindow?.();
    this.#person.stop();
    this.ask.close();
    for (const carrier of this.#carriers.all) {
      // Whatever still arrives belongs to nobody.
      carrier.read({ onText: () => undefined, onClosed: () => undefined });
      carrier.close();
    }
    this.#carriers.clear();
    this.#ended.abort();
    this.events.emit('ended', { reason, by });
    this.events.clear();
  }

  #lost(carrier: SealedCarrier): void {
    if (!this.#carriers.remove(carrier)) return;
    this.#exchange.detach(carrier);
    this.#watchCarriers();
    this.events.emit('carrier', { kind: carrier.kind, isUp: false });
  }

  #drop(carrier: SealedCarrier): void {
    this.#carriers.remove(carrier);
    this.#exchange.detach(carrier);
    carrier.read(null);
    carrier.kill();
  }

  /** No carrier is there for long, and the session is over. */
  #watchCarriers(): void {
    if (this.ended.aborted) return;
    const isDown = this.#cancelWindow !== null;
    if (this.isUp && isDown) {
      this.#cancelWindow?.();
      this.#cancelWindow = null;
    } else if (!this.isUp && !isDown) {
      this.#cancelWindow = this.#options.clock.after(this.#options.timings.reconnectWindowMs, () => {
        this.end('lost');
      });
    }
    this.#tell();
  }

  #handle(carrier: SealedCarrier, text: string): void {
    const frame = parseMessage(SessionFrame, text);
    if (frame?.type === 'close') {
      this.#finish(frame.reason, ENDS_BY_PEER.includes(frame.reason) ? 'peer' : 'none');
      return;
    }
    const isFine = frame !== null && this.#exchange.handle(carrier, frame, text.length);
    if (!isFine) this.end('protocol-violation');
    else if (frame.type === 'resume') {
      this.#watchCarriers();
      this.events.emit('ready', { kind: carrier.kind });
    }
  }

  #handleFrame(frame: SequencedFrame): void {
    if (this.ended.aborted) return;
    if (frame.type === 'rebind') this.#handleRebind(frame);
    else if (frame.feature === SESSION_FEATURE) this.#handleOwn(frame.body);
    else if (!this.isVerified) this.end('protocol-violation');
    // What the peer may not do here is dropped, as is a feature that a device does not know.
    else if (this.ask.includes(frame.feature) && this.#rights.allowsPeer(frame.feature, frame.body))
      this.events.emit('message', { feature: frame.feature, body: frame.body });
  }

  #handleOwn(body: unknown): void {
    const message = SessionMessage.safeParse(body).data;
    if (message?.type === 'purpose') this.ask.handle(message.purpose);
    else if (message?.type === 'accept') {
      if (this.phase !== 'asking') return;
      this.ask.narrow(message.scope ?? 'all');
      this.#accepted();
    } else if (message?.type === 'verified' && this.#isAccepted) this.trust.markVerified('peer');
    else if (message?.type === 'rights') {
      this.#rights.handle(message.rights);
      this.#tell();
    } else this.end('protocol-violation');
  }

  #handleRebind({ seq, fingerprint, signature }: Extract<SequencedFrame, { type: 'rebind' }>): void {
    const doubt = this.#peerPage.rebind({ sessionId: this.sessionId, seq, fingerprint }, signature);
    if (doubt === null) {
      this.events.emit('rebound', undefined);
      this.#tell();
    } else this.end(doubt);
  }
}
