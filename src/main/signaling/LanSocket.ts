import type { WebSocket } from 'ws';
import type { LanFrame, LanHello, LanServerFirst } from '../../shared/signaling/lan';
import type { LanLimits } from './timings';
import { TokenBucket } from './TokenBucket';

/** How long a peer may take to answer our closing of the socket, in ms. */
const CLOSE_GRACE_MS = 2_000;
/** Bytes that a peer may leave unread before its socket is given up. */
const MAX_UNREAD_BYTES = 8 * 1024 * 1024;

export interface LanReader {
  onText(text: string): void;
  /** The socket is gone, for whatever reason; called once. */
  onClosed(): void;
}

/**
 * A WebSocket between two backends under `LAN_LIMITS`: text only, no more messages than the rate allows, and dead when
 * nothing was heard for too long. What arrives while nobody reads is kept.
 */
export class LanSocket {
  /** The other end, IPv4 unwrapped and without zone. */
  readonly remoteAddress: string;
  readonly #ws: WebSocket;
  readonly #heartbeat: NodeJS.Timeout;
  readonly #backlog: string[] = [];
  #reader: LanReader | null = null;
  #isClosed = false;
  #heardMs = performance.now();

  constructor(ws: WebSocket, remoteAddress: string, limits: LanLimits) {
    this.#ws = ws;
    this.remoteAddress = remoteAddress;
    const bucket = new TokenBucket(limits.messagesPerSecond, limits.burstMessages);
    ws.on('message', (data, isBinary) => {
      this.#heardMs = performance.now();
      if (this.#isClosed) return;
      if (isBinary || !bucket.take()) this.kill();
      else this.#deliver((data as Buffer).toString('utf8')); // `binaryType` stays "nodebuffer"
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

  /** Hands everything that arrived and will arrive to `reader`, until another reader takes over. */
  read(reader: LanReader | null): void {
    this.#reader = reader;
    while (this.#reader !== null && this.#backlog.length > 0)
      this.#reader.onText(this.#backlog.shift() ?? '');
    if (this.#isClosed) this.#reader?.onClosed();
  }

  /** The next message; `null` if the socket closes before there is one. */
  async next(): Promise<string | null> {
    return new Promise((resolve) => {
      this.read({
        onText: (text) => {
          this.read(null);
          resolve(text);
        },
        onClosed: () => {
          resolve(null);
        },
      });
    });
  }

  send(message: LanHello | LanServerFirst | LanFrame): void {
    if (this.#ws.readyState === this.#ws.OPEN) this.#ws.send(JSON.stringify(message));
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

  #deliver(text: string): void {
    if (this.#reader === null) this.#backlog.push(text);
    else this.#reader.onText(text);
  }

  #closed(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearInterval(this.#heartbeat);
    this.#reader?.onClosed();
  }
}
