import type { SignalingSession } from '../../shared/contract/contract';
import type { DeviceInfo } from '../../shared/device';
import { HitherError } from '../../shared/errors';
import type { EndReason } from '../../shared/signaling/endReason';
import { LanFrame } from '../../shared/signaling/lan';
import { SignalMessage } from '../../shared/signaling/messages';
import { Emitter } from '../../shared/Emitter';
import type { LanSocket } from './LanSocket';
import { Outbox } from './Outbox';
import { parseMessage } from './parseMessage';
import type { LanLimits, SignalingTimings } from './timings';

/** Acknowledgements wait this long for company, in ms. */
const ACK_DELAY_MS = 100;

export interface LanSessionOptions {
  sessionId: string;
  peer: DeviceInfo;
  role: 'dialer' | 'listener';
  remoteAddress: string;
  /** What the dialer proves itself with when its socket broke. */
  resumeToken: string;
  limits: LanLimits;
  timings: SignalingTimings;
}

export interface LanSessionEvents {
  message: SignalMessage;
  /** The socket broke (`false`) or another took its place (`true`). */
  link: boolean;
  /** The session is over; nothing follows. */
  ended: EndReason;
}

/**
 * One session's signaling: an ordered, lossless exchange of messages that outlives its socket for a while.
 * Ends by itself when nobody answers the request, when the socket stays away, and when the peer breaks the rules.
 */
export class LanSession {
  readonly sessionId: string;
  readonly peer: DeviceInfo;
  readonly role: 'dialer' | 'listener';
  readonly resumeToken: string;
  readonly events = new Emitter<LanSessionEvents>();
  readonly #options: LanSessionOptions;
  readonly #outbox: Outbox;
  readonly #ended = new AbortController();
  #socket: LanSocket | null = null;
  #remoteAddress: string;
  #lastSeq = 0;
  #ackTimer: NodeJS.Timeout | undefined;
  #windowTimer: NodeJS.Timeout | undefined;
  #answerTimer: NodeJS.Timeout | undefined;
  #isAccepted = false;

  constructor(options: LanSessionOptions) {
    this.sessionId = options.sessionId;
    this.peer = options.peer;
    this.role = options.role;
    this.resumeToken = options.resumeToken;
    this.#remoteAddress = options.remoteAddress;
    this.#options = options;
    this.#outbox = new Outbox(options.limits);
    this.#answerTimer = setTimeout(() => {
      this.end('timed-out');
    }, options.timings.answerTimeoutMs);
  }

  /** Aborts when the session has ended. */
  get ended(): AbortSignal {
    return this.#ended.signal;
  }

  get isUp(): boolean {
    return this.#socket !== null;
  }

  get isAccepted(): boolean {
    return this.#isAccepted;
  }

  /** The number of the last message that came in. */
  get lastSeq(): number {
    return this.#lastSeq;
  }

  get view(): SignalingSession {
    const { sessionId, peer, role, isUp, isAccepted } = this;
    return { sessionId, peer, role, isUp, isAccepted, remoteAddress: this.#remoteAddress };
  }

  /** Goes on over a socket, the first or a new one; `peerLastSeq` is the last message that the peer has seen. */
  attach(socket: LanSocket, peerLastSeq: number): void {
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
        this.#take(text);
      },
      onClosed: () => {
        if (this.#socket === socket) this.#lose();
      },
    });
  }

  /**
   * Sends a message, now or when the socket is back.
   * @throws HitherError `bad-request` for a message too large, `link-lost` when too many wait already
   */
  send(message: SignalMessage): void {
    const sizeBytes = Buffer.byteLength(JSON.stringify(message));
    // The envelope around the message is under 100 bytes.
    if (sizeBytes + 100 > this.#options.limits.maxMessageBytes)
      throw new HitherError('bad-request', { sizeBytes });
    if (this.#outbox.push(message)) return;
    this.end('lost');
    throw new HitherError('link-lost');
  }

  /** The person has accepted: the request no longer times out. */
  markAccepted(): void {
    this.#isAccepted = true;
    clearTimeout(this.#answerTimer);
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
    clearTimeout(this.#answerTimer);
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

  #take(text: string): void {
    const frame = parseMessage(LanFrame, text);
    switch (frame?.type) {
      case 'message':
        this.#takeMessage(frame.seq, frame.body);
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

  #takeMessage(seq: number, body: unknown): void {
    if (seq > this.#lastSeq + 1) {
      this.end('protocol-violation');
      return;
    }
    this.#acknowledgeSoon();
    if (seq <= this.#lastSeq) return;
    const message = SignalMessage.safeParse(body);
    if (!message.success) {
      this.end('protocol-violation');
      return;
    }
    this.#lastSeq = seq;
    this.events.emit('message', message.data);
  }

  #acknowledgeSoon(): void {
    this.#ackTimer ??= setTimeout(() => {
      this.#ackTimer = undefined;
      this.#socket?.send({ type: 'ack', seq: this.#lastSeq });
    }, ACK_DELAY_MS);
  }
}
