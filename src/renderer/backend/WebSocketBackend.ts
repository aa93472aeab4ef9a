import { checkedEvent, resultOf } from '../../shared/contract/backend';
import type {
  EventData,
  EventMap,
  EventName,
  RequestArgs,
  RequestName,
  RequestResult,
} from '../../shared/contract/contract';
import { Backoff, type BackoffTimes } from '../../shared/Backoff';
import { decodeFrame, encodeFrame, encodeHead } from '../../shared/contract/frames';
import { Emitter } from '../../shared/Emitter';
import { HitherError } from '../../shared/errors';
import { freshMemory, sameMemory } from '../../shared/memory';
import type { BlobRequestName, ClientBackend } from '../core/ClientBackend';

/** Between the tries to reconnect. */
const RECONNECT: BackoffTimes = { firstMs: 250, longestMs: 5_000 };

/** The part of the browser's `WebSocket` in use. */
export interface PageSocket {
  binaryType: BinaryType;
  send(data: Encoded): void;
  addEventListener(type: 'open' | 'close', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
}

interface Pending {
  resolve: (outcome: unknown) => void;
  reject: (error: HitherError) => void;
}

type Encoded = string | Uint8Array<ArrayBuffer>;

type SocketState =
  { phase: 'connecting'; unsent: Encoded[] } | { phase: 'open'; socket: PageSocket } | { phase: 'waiting' };

/**
 * A headless backend over a WebSocket on localhost. Requests made while a connection is being set up wait for it;
 * when it breaks, or can't be made, they reject with `backend-gone`, and so do those made before the next try.
 */
export class WebSocketBackend implements ClientBackend {
  readonly #connect: () => PageSocket;
  readonly #events = new Emitter<EventMap>();
  readonly #connections = new Emitter<{ changed: boolean }>();
  readonly #pending = new Map<number, Pending>();
  readonly #backoff = new Backoff(RECONNECT);
  #state: SocketState = { phase: 'waiting' };
  /** What listeners know; a page starts out believing in its backend. */
  #isConnected = true;
  #lastId = 0;
  /** A received file passes through here packet by packet: new memory for each would keep the collector busy. */
  readonly #scratch = sameMemory();

  readonly #post: (body: Blob) => Promise<unknown>;

  /**
   * @param connect opens a socket to the backend; called at once and for every try to reconnect
   * @param post posts a binary frame beside the socket; resolves with the outcome, or with `null` or an error where there is
   * none
   */
  constructor(
    connect: () => PageSocket,
    post: (body: Blob) => Promise<unknown> = () => Promise.resolve(null),
  ) {
    this.#connect = connect;
    this.#post = post;
    this.#open();
  }

  async request<N extends RequestName>(name: N, args: RequestArgs<N>): Promise<RequestResult<N>> {
    const outcome = await new Promise<unknown>((resolve, reject) => {
      if (this.#state.phase === 'waiting') {
        reject(new HitherError('backend-gone', { request: name }));
        return;
      }
      const id = ++this.#lastId;
      const frame = encodeFrame({ kind: 'request', id, name, body: args }, (sizeBytes) =>
        this.#memory(sizeBytes),
      );
      this.#pending.set(id, { resolve, reject });
      if (this.#state.phase === 'open') this.#state.socket.send(frame);
      else this.#state.unsent.push(frame);
    });
    return resultOf(name, outcome);
  }

  async requestWithBlob<N extends BlobRequestName>(
    name: N,
    args: Omit<RequestArgs<N>, 'bytes'>,
    blob: Blob,
  ): Promise<RequestResult<N>> {
    const head = encodeHead({ kind: 'request', id: 0, name, body: args });
    const outcome = await this.#post(new Blob([head, blob])).catch(() => null);
    if (outcome !== null) return resultOf(name, outcome);
    // Either the blob can't be read, which says so here, or there is no way but the socket.
    return this.request(name, { ...args, bytes: new Uint8Array(await blob.arrayBuffer()) } as RequestArgs<N>);
  }

  on<E extends EventName>(name: E, listener: (data: EventData<E>) => void): () => void {
    return this.#events.on(name, listener);
  }

  onConnection(listener: (isConnected: boolean) => void): () => void {
    return this.#connections.on('changed', listener);
  }

  /** Memory for a frame that is sent before the next one is made; one that has to wait gets its own. */
  #memory(sizeBytes: number): Uint8Array<ArrayBuffer> {
    return this.#state.phase === 'open' ? this.#scratch(sizeBytes) : freshMemory(sizeBytes);
  }

  #open(): void {
    const unsent: Encoded[] = [];
    this.#state = { phase: 'connecting', unsent };
    const socket = this.#connect();
    socket.binaryType = 'arraybuffer';
    socket.addEventListener('open', () => {
      this.#state = { phase: 'open', socket };
      this.#backoff.reset();
      for (const frame of unsent) socket.send(frame);
      this.#tell(true);
    });
    socket.addEventListener('message', (event) => this.#receive(event.data));
    socket.addEventListener('close', () => this.#lose());
  }

  #lose(): void {
    this.#state = { phase: 'waiting' };
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of pending) reject(new HitherError('backend-gone'));
    this.#tell(false);
    setTimeout(() => this.#open(), this.#backoff.next());
  }

  #tell(isConnected: boolean): void {
    if (isConnected === this.#isConnected) return;
    this.#isConnected = isConnected;
    this.#connections.emit('changed', isConnected);
  }

  #receive(data: unknown): void {
    const frame = decodeFrame(data instanceof ArrayBuffer ? new Uint8Array(data) : String(data));
    if (frame?.kind === 'outcome') {
      this.#pending.get(frame.id)?.resolve(frame.body);
      this.#pending.delete(frame.id);
    } else if (frame?.kind === 'event') {
      const event = checkedEvent(frame.name, frame.body);
      if (event !== null) this.#events.emit(event.name, event.data);
    }
  }
}
