import type { WebSocket } from 'ws';
import type { SessionLimits } from '../../../backend/sessions/timings';
import { TokenBucket } from '../../../shared/TokenBucket';

/** How long a peer may take to answer our closing of the socket, in ms. */
const CLOSE_GRACE_MS = 2_000;
/** Bytes that a peer may leave unread before its socket is given up. */
const MAX_UNREAD_BYTES = 8 * 1024 * 1024;

/** A WebSocket message: text before the handshake has made keys, bytes from then on. */
export type CarrierMessage = string | Uint8Array;

export interface CarrierReader {
  onMessage(message: CarrierMessage): void;
  /** The socket is gone, for whatever reason; called once. */
  onClosed(): void;
}

/**
 * A WebSocket between two backends under `SESSION_LIMITS`: no more messages than the rate allows, and dead when nothing was
 * heard for too long. What arrives while nobody reads is kept.
 */
export class SocketCarrier {
  /** The other end, IPv4 unwrapped and without zone. */
  readonly remoteAddress: string;
  readonly #ws: WebSocket;
  readonly #heartbeat: NodeJS.Timeout;
  readonly #backlog: CarrierMessage[] = [];
  #reader: CarrierReader | null = null;
  #isClosed = false;
  #heardMs = performance.now();

  constructor(ws: WebSocket, remoteAddress: string, limits: SessionLimits) {
    this.#ws = ws;
    this.remoteAddress = remoteAddress;
    const bucket = new TokenBucket(limits.messagesPerSecond, limits.burstMessages);
    ws.on('message', (data, isBinary) => {
      this.#heardMs = performance.now();
      if (this.#isClosed) return;
      const bytes = data as Buffer; // `binaryType` stays "nodebuffer"
      if (bucket.consume()) this.#deliver(isBinary ? bytes : bytes.toString('utf8'));
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

  /** Hands everything that arrived and will arrive to `reader`, until another reader takes over. */
  read(reader: CarrierReader | null): void {
    this.#reader = reader;
    while (this.#reader !== null) {
      const message = this.#backlog.shift();
      if (message === undefined) break;
      this.#reader.onMessage(message);
    }
    if (this.#isClosed) this.#reader?.onClosed();
  }

  /** The next message; `null` if the socket closes before there is one. */
  async next(): Promise<CarrierMessage | null> {
    return new Promise((resolve) => {
      this.read({
        onMessage: (message) => {
          this.read(null);
          resolve(message);
        },
        onClosed: () => {
          resolve(null);
        },
      });
    });
  }

  send(message: CarrierMessage): void {
    if (this.isOpen) this.#ws.send(message);
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

  #deliver(message: CarrierMessage): void {
    if (this.#reader === null) this.#backlog.push(message);
    else this.#reader.onMessage(message);
  }

  #closed(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearInterval(this.#heartbeat);
    this.#reader?.onClosed();
  }
}
