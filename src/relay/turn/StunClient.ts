import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { readErrorCode, type StunAttribute, StunType } from '../../shared/stun/attributes';
import {
  encodeStun,
  hasIntegrity,
  type ReadStunMessage,
  TRANSACTION_BYTES,
  valueOf,
} from '../../shared/stun/message';
import type { IceServerAddress } from './iceUrl';
import { openStunSocket, type StunSocket } from './StunSocket';
import { TurnError } from './TurnError';

/** First pause before a request is repeated where packets get lost, in ms; each is twice the one before (RFC 8489 §6.2.1). */
const FIRST_REPEAT_MS = 500;

/** Answers that may come without MESSAGE-INTEGRITY, as there is no key yet, or none any more (RFC 8489 §9.2.5). */
const UNSIGNED_ERRORS = [400, 401, 438];

/** Addresses are mixed with the transaction of their message. */
export type AttributesFor = (transaction: Uint8Array) => readonly StunAttribute[];

interface Waiting {
  method: number;
  key: Uint8Array | null;
  resolve: (message: ReadStunMessage) => void;
  reject: (error: TurnError) => void;
}

export interface StunClientOptions {
  /** Ends everything that waits. */
  signal: AbortSignal;
  /** PEM certificates that are believed in place of the system's. */
  ca?: string | undefined;
  onIndication?: (message: ReadStunMessage) => void;
}

/** Requests to one STUN or TURN server, over one socket. */
export class StunClient {
  readonly #signal: AbortSignal;
  readonly #waiting = new Map<string, Waiting>();
  #socket: StunSocket | null = null;
  #broken: TurnError | null = null;

  private constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  /** @throws TurnError where there is no way to the server */
  static async open(server: IceServerAddress, options: StunClientOptions): Promise<StunClient> {
    const { ca, onIndication, signal } = options;
    const client = new StunClient(signal);
    client.#socket = await openStunSocket(server, {
      signal,
      ca,
      onMessage: (message) => {
        if (message.kind === 'indication') onIndication?.(message);
        else client.#handleAnswer(message);
      },
      onBroken: (error) => {
        client.#broken = error;
        for (const { reject } of client.#waiting.values()) reject(error);
      },
    });
    return client;
  }

  /** The socket's own address, as this machine sees it. */
  get local(): StunSocket['local'] {
    return this.#socket?.local ?? { host: '', port: 0 };
  }

  /**
   * Asks, again and again where packets get lost, until the server answers or the signal ends it.
   * @param key of `longTermKey`: signs the request, and who answers must have it as well
   * @returns a success
   * @throws TurnError `refused` with the server's number, `silent`, or what became of the socket
   */
  async request(
    method: number,
    attributesFor: AttributesFor = () => [],
    key: Uint8Array | null = null,
  ): Promise<ReadStunMessage> {
    const transaction = randomBytes(TRANSACTION_BYTES);
    const attributes = attributesFor(transaction);
    const bytes = encodeStun({ method, kind: 'request', transaction, attributes }, key);
    const name = transaction.toString('hex');
    const over = new AbortController();
    try {
      return await new Promise<ReadStunMessage>((resolve, reject) => {
        if (this.#broken !== null) reject(this.#broken);
        this.#waiting.set(name, { method, key, resolve, reject });
        void this.#sendRepeatedly(bytes, AbortSignal.any([over.signal, this.#signal])).catch(() => {
          reject(new TurnError('silent'));
        });
      });
    } finally {
      over.abort();
      this.#waiting.delete(name);
    }
  }

  /** Says something that nobody answers. */
  indicate(method: number, attributesFor: AttributesFor): void {
    const transaction = randomBytes(TRANSACTION_BYTES);
    const attributes = attributesFor(transaction);
    this.#socket?.send(encodeStun({ method, kind: 'indication', transaction, attributes }));
  }

  close(): void {
    this.#socket?.close();
  }

  /** Never resolves; rejects when the signal is aborted. */
  async #sendRepeatedly(bytes: Uint8Array, signal: AbortSignal): Promise<never> {
    for (let pauseMs = FIRST_REPEAT_MS; ; pauseMs *= 2) {
      this.#socket?.send(bytes);
      // A timer that is beyond any deadline: the signal ends it.
      await sleep(this.#socket?.isReliable === true ? 2 ** 30 : pauseMs, undefined, { signal });
    }
  }

  #handleAnswer(answer: ReadStunMessage): void {
    const waiting = this.#waiting.get(Buffer.from(answer.transaction).toString('hex'));
    if (answer.kind === 'request' || waiting?.method !== answer.method) return;
    const { key, reject, resolve } = waiting;
    const status = readErrorCode(valueOf(answer, StunType.errorCode) ?? new Uint8Array());
    const mayBeUnsigned = key === null || (status !== null && UNSIGNED_ERRORS.includes(status));
    // Somebody in between may answer first; who has the key may still answer later.
    if (!hasIntegrity(answer, key ?? new Uint8Array()) && !mayBeUnsigned) return;
    if (answer.kind === 'success') resolve(answer);
    else reject(new RefusedRequest(status ?? 0, answer));
  }
}

/** A refusal, with what the server said beside its number. */
export class RefusedRequest extends TurnError {
  readonly answer: ReadStunMessage;

  constructor(status: number, answer: ReadStunMessage) {
    super('refused', { status });
    this.answer = answer;
  }
}
