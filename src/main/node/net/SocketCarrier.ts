import type { WebSocket } from 'ws';
import {
  type Carrier,
  type CarrierMessage,
  type CarrierReader,
  lanRoute,
  type Route,
} from '../../../backend/sessions/carriers/Carrier';
import { CarrierInbox } from '../../../backend/sessions/carriers/CarrierInbox';
import type { SessionLimits } from '../../../backend/sessions/timings';
import { TokenBucket } from '../../../shared/TokenBucket';

/** How long a peer may take to answer our closing of the socket, in ms. */
const CLOSE_GRACE_MS = 2_000;
/** Bytes that a peer may leave unread before its socket is given up. */
const MAX_UNREAD_BYTES = 8 * 1024 * 1024;

/**
 * A WebSocket between two backends under `SESSION_LIMITS`: no more messages than the rate allows, and dead when nothing was
 * heard for too long. What arrives while nobody reads is kept.
 */
export class SocketCarrier implements Carrier {
  readonly kind = 'lan';
  readonly route: Route;
  readonly #ws: WebSocket;
  readonly #heartbeat: NodeJS.Timeout;
  readonly #limits: SessionLimits;
  #bucket: TokenBucket;
  readonly #inbox = new CarrierInbox();
  #heardMs = performance.now();

  /** @param remoteAddress the other end, IPv4 unwrapped and without zone */
  constructor(ws: WebSocket, remoteAddress: string, limits: SessionLimits) {
    this.#ws = ws;
    this.route = lanRoute(remoteAddress);
    this.#limits = limits;
    this.#bucket = new TokenBucket(limits.messagesPerSecond, limits.burstMessages);
    ws.on('message', (data, isBinary) => {
      this.#heardMs = performance.now();
      if (this.#inbox.isClosed) return;
      const bytes = data as Buffer; // `binaryType` stays "nodebuffer"
      if (this.#bucket.consume()) this.#inbox.deliver(isBinary ? bytes : bytes.toString('utf8'));
      else this.kill();
    });
    const heard = (): void => {
      this.#heardMs = performance.now();
    };
    ws.on('ping', heard);
    ws.on('pong', heard);
    ws.on('close', () => {
      this.#closed();
    });
    // A close event follows every error.
    ws.on('error', () => undefined);
    this.#heartbeat = setInterval(() => {
      const isSilent = performance.now() - this.#heardMs > limits.silenceMs;
      if (isSilent || ws.bufferedAmount > MAX_UNREAD_BYTES) this.kill();
      else if (ws.readyState === ws.OPEN) ws.ping();
    }, limits.heartbeatMs);
  }

  /** Whether something that is sent now can still arrive. */
  get isOpen(): boolean {
    return this.#ws.readyState === this.#ws.OPEN;
  }

  read(reader: CarrierReader | null): void {
    this.#inbox.read(reader);
  }

  next(): Promise<CarrierMessage | null> {
    return this.#inbox.next();
  }

  send(message: CarrierMessage): void {
    if (this.isOpen) this.#ws.send(message);
  }

  trust(): void {
    const { verifiedMessagesPerSecond, verifiedBurstMessages } = this.#limits;
    this.#bucket = new TokenBucket(verifiedMessagesPerSecond, verifiedBurstMessages);
  }

  /** Closes once everything sent so far is out. */
  close(): void {
    this.#ws.close(1000);
    setTimeout(() => this.#ws.terminate(), CLOSE_GRACE_MS).unref();
  }

  /** Closes at once. */
  kill(): void {
    this.#ws.terminate();
    this.#closed();
  }

  #closed(): void {
    clearInterval(this.#heartbeat);
    this.#inbox.close();
  }
}
