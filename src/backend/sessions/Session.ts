import type { SessionInfo } from '../../shared/contract/contract';
import type { PeerTrust } from '../../shared/contract/trust';
import { Emitter } from '../../shared/Emitter';
import { HitherError } from '../../shared/errors';
import type { ProvenPeer } from '../../shared/identity/Handshake';
import { isRebindOf, type Rebind } from '../../shared/identity/rebind';
import type { EndReason } from '../../shared/protocol/endReason';
import { SessionFrame, type SequencedFrame } from '../../shared/protocol/lan';
import { concernsLink, SignalMessage } from '../../shared/protocol/signals';
import type { LanAddress } from '../../shared/address';
import { Outbox } from './Outbox';
import { parseMessage } from '../../shared/protocol/parseMessage';
import type { SealedCarrier } from './SealedCarrier';
import { SessionTrust } from './SessionTrust';
import type { SessionLimits, SessionTimings } from './timings';
import { TokenBucket } from '../../shared/TokenBucket';

/** Acknowledgements wait this long for company, in ms. */
const ACK_DELAY_MS = 100;
/** What envelope and seal add to a message, in bytes, at most. */
const ENVELOPE_BYTES = 100;
/** Reloads of the peer's page, a second and in a burst: each costs the check of a signature. */
const REBINDS_PER_SECOND = 0.5;
const MAX_REBINDS = 20;

export interface SessionOptions {
  peer: ProvenPeer;
  trust: PeerTrust;
  role: 'dialer' | 'listener';
  remoteAddress: string;
  /** The address that was dialed; `null` on the side that was called. */
  dialed?: LanAddress | null;
  /** The certificate of this side's page that the handshake was bound to. */
  ownFingerprint: string;
  signRebind: (rebind: Rebind) => string;
  limits: SessionLimits;
  timings: SessionTimings;
}

export interface SessionEvents {
  message: SignalMessage;
  /** The socket broke (`false`) or another took its place (`true`). */
  link: boolean;
  /** What is known of the peer has changed. */
  changed: SessionInfo;
  /** The peer's page is another one than before: what it said about its links is of no use any more. */
  rebound: undefined;
  /** A person has accepted. */
  accepted: undefined;
  /** The session is over; nothing follows. */
  ended: EndReason;
}

/**
 * One session's signaling: an ordered, lossless exchange of messages that outlives its socket for a while.
 * Ends by itself when nobody answers the request, when the socket stays away, and when the peer breaks the rules.
 */
export class Session {
  readonly sessionId: string;
  readonly peer: ProvenPeer['device'];
  /** Who may take up the session when its socket broke, and nobody else. */
  readonly peerKey: string;
  readonly role: 'dialer' | 'listener';
  /** The address that was dialed; `null` on the side that was called. */
  readonly dialed: LanAddress | null;
  readonly events = new Emitter<SessionEvents>();
  readonly trust: SessionTrust;
  readonly #options: SessionOptions;
  readonly #outbox: Outbox;
  readonly #ended = new AbortController();
  #socket: SealedCarrier | null = null;
  #remoteAddress: string;
  #ownFingerprint: string;
  #peerFingerprint: string;
  #lastSeq = 0;
  #ackTimer: NodeJS.Timeout | undefined;
  #windowTimer: NodeJS.Timeout | undefined;
  /** Runs while a person is waited for: first for the answer, then for the comparing. */
  #personTimer: NodeJS.Timeout | undefined;
  #isAccepted = false;
  readonly #rebinds = new TokenBucket(REBINDS_PER_SECOND, MAX_REBINDS);

  constructor(options: SessionOptions) {
    const { peer, role, remoteAddress, ownFingerprint, trust, limits, timings } = options;
    this.sessionId = peer.sessionId;
    this.peer = peer.device;
    this.peerKey = peer.identityKey;
    this.role = role;
    this.dialed = options.dialed ?? null;
    this.trust = new SessionTrust(trust, () => {
      if (this.trust.isVerifiedByBoth && this.#isAccepted) clearTimeout(this.#personTimer);
      this.events.emit('changed', this.view);
    });
    this.#remoteAddress = remoteAddress;
    this.#ownFingerprint = ownFingerprint;
    this.#peerFingerprint = peer.fingerprint;
    this.#options = options;
    this.#outbox = new Outbox(limits);
    this.#waitForPerson(timings.answerTimeoutMs);
  }

  /** Aborts when the session has ended. */
  get ended(): AbortSignal {
    return this.#ended.signal;
  }

  get isUp(): boolean {
    return this.#socket !== null;
  }

  /** Where the peer was heard last, without port or zone. */
  get remoteAddress(): string {
    return this.#remoteAddress;
  }

  get isAccepted(): boolean {
    return this.#isAccepted;
  }

  /** The number of the last message that came in. */
  get lastSeq(): number {
    return this.#lastSeq;
  }

  get view(): SessionInfo {
    const { sessionId, peer, peerKey, role, isUp, isAccepted, remoteAddress } = this;
    const { trust, isVerified, isPeerVerified } = this.trust;
    return {
      ...{ sessionId, peer, peerKey, role, isUp, isAccepted, remoteAddress },
      ...{ trust, isVerified, isPeerVerified },
      peerFingerprint: this.#peerFingerprint,
      code: this.#options.peer.code,
    };
  }

  /** Goes on over a socket, the first or a new one; `peerLastSeq` is the last message that the peer has seen. */
  attach(socket: SealedCarrier, peerLastSeq: number): void {
    const isFirst = this.#windowTimer === undefined && this.#socket === null;
    const old = this.#socket;
    this.#socket = null;
    old?.read(null);
    old?.kill();
    clearTimeout(this.#windowTimer);
    if (!this.#outbox.attach(socket, peerLastSeq)) {
      this.#socket = socket;
      this.end('protocol-violation');
      return;
    }
    this.#socket = socket;
    this.#remoteAddress = socket.remoteAddress;
    if (!isFirst) this.events.emit('link', true);
    socket.read({
      onText: (text) => {
        this.#handle(text);
      },
      onClosed: () => {
        if (this.#socket === socket) this.#lose();
      },
    });
  }

  /**
   * Sends a message, now or when the socket is back.
   * @throws HitherError `bad-request` for a message too large, `not-verified` for what must wait until both people have
   *   verified, `link-lost` when too many wait already
   */
  send(message: SignalMessage): void {
    const sizeBytes = Buffer.byteLength(JSON.stringify(message));
    if (sizeBytes + ENVELOPE_BYTES > this.#options.limits.maxMessageBytes)
      throw new HitherError('bad-request', { sizeBytes });
    if (concernsLink(message) && !this.trust.isVerifiedByBoth) throw new HitherError('not-verified');
    if (this.#outbox.push((seq) => ({ type: 'message', seq, body: message }))) return;
    this.end('lost');
    throw new HitherError('link-lost');
  }

  /** This side's page has another certificate: the peer hears of it before anything that the page says from now on. */
  rebind(fingerprint: string): void {
    if (fingerprint === this.#ownFingerprint || this.ended.aborted) return;
    this.#ownFingerprint = fingerprint;
    const { sessionId } = this;
    const isKept = this.#outbox.push((seq) => {
      const signature = this.#options.signRebind({ sessionId, seq, fingerprint });
      return { type: 'rebind', seq, fingerprint, signature };
    });
    if (!isKept) this.end('lost');
  }

  /** The person has accepted: from now on the two compare codes, if they have to. */
  markAccepted(): void {
    if (this.#isAccepted || this.ended.aborted) return;
    this.#isAccepted = true;
    this.events.emit('accepted', undefined);
    clearTimeout(this.#personTimer);
    if (!this.trust.isVerifiedByBoth) this.#waitForPerson(this.#options.timings.verifyTimeoutMs);
  }

  /** Ends the session and, where there is a socket, tells the peer why. */
  end(reason: EndReason): void {
    if (this.ended.aborted) return;
    this.#outbox.flushAll();
    this.#socket?.send({ type: 'close', reason });
    this.#finish(reason);
  }

  #finish(reason: EndReason): void {
    if (this.ended.aborted) return;
    this.#outbox.detach();
    clearTimeout(this.#ackTimer);
    clearTimeout(this.#windowTimer);
    clearTimeout(this.#personTimer);
    const socket = this.#socket;
    this.#socket = null;
    // Whatever still arrives belongs to nobody.
    socket?.read({ onText: () => undefined, onClosed: () => undefined });
    socket?.close();
    this.#ended.abort();
    this.events.emit('ended', reason);
    this.events.clear();
  }

  #lose(): void {
    this.#socket = null;
    this.#outbox.detach();
    clearTimeout(this.#ackTimer);
    this.#ackTimer = undefined;
    this.#windowTimer = setTimeout(() => {
      this.end('lost');
    }, this.#options.timings.reconnectWindowMs);
    this.events.emit('link', false);
  }

  #waitForPerson(timeoutMs: number): void {
    this.#personTimer = setTimeout(() => {
      this.end('timed-out');
    }, timeoutMs);
  }

  #handle(text: string): void {
    const frame = parseMessage(SessionFrame, text);
    switch (frame?.type) {
      case 'message':
      case 'rebind':
        this.#handleInOrder(frame);
        return;
      case 'ack':
        if (!this.#outbox.acknowledge(frame.seq)) this.end('protocol-violation');
        return;
      case 'close':
        this.#finish(frame.reason);
        return;
      case undefined:
        this.end('protocol-violation');
    }
  }

  #handleInOrder(frame: SequencedFrame): void {
    if (frame.seq > this.#lastSeq + 1) {
      this.end('protocol-violation');
      return;
    }
    this.#acknowledgeSoon();
    if (frame.seq <= this.#lastSeq) return;
    this.#lastSeq = frame.seq;
    if (frame.type === 'message') this.#handleMessage(frame.body);
    else this.#handleRebind(frame);
  }

  #handleMessage(body: unknown): void {
    const message = SignalMessage.safeParse(body);
    if (!message.success || (concernsLink(message.data) && !this.trust.isVerifiedByBoth)) {
      this.end('protocol-violation');
      return;
    }
    if (message.data.type === 'verified') this.trust.markVerified('peer');
    this.events.emit('message', message.data);
  }

  #handleRebind({ seq, fingerprint, signature }: Extract<SequencedFrame, { type: 'rebind' }>): void {
    if (!this.#rebinds.consume()) {
      this.end('protocol-violation');
      return;
    }
    if (!isRebindOf(this.peerKey, { sessionId: this.sessionId, seq, fingerprint }, signature)) {
      this.end('tampered');
      return;
    }
    this.#peerFingerprint = fingerprint;
    this.events.emit('rebound', undefined);
    this.events.emit('changed', this.view);
  }

  #acknowledgeSoon(): void {
    this.#ackTimer ??= setTimeout(() => {
      this.#ackTimer = undefined;
      this.#socket?.send({ type: 'ack', seq: this.#lastSeq });
    }, ACK_DELAY_MS);
  }
}
