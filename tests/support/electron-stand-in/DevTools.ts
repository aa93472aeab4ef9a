import { EventEmitter } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import type { CDPSession } from '@playwright/test';

/** One target of Chromium's DevTools protocol, or the browser itself, with the protocol's own types. */
export type Session = Pick<CDPSession, 'send' | 'on'>;

interface Answer {
  resolve: (result: never) => void;
  reject: (error: Error) => void;
}

interface Message {
  id?: number;
  sessionId?: string;
  method?: string;
  params?: unknown;
  result?: unknown;
  error?: { message: string };
}

/** The DevTools protocol over Chromium's pipe: JSON messages, each followed by a zero byte. */
export class DevTools {
  readonly #output: Writable;
  readonly #answers = new Map<number, Answer>();
  readonly #sessions = new Map<string, EventEmitter>();
  #lastId = 0;

  constructor(output: Writable, input: Readable) {
    this.#output = output;
    let parts: Buffer[] = [];
    input.on('data', (chunk: Buffer) => {
      let start = 0;
      for (let end = chunk.indexOf(0); end !== -1; end = chunk.indexOf(0, start)) {
        const text = Buffer.concat([...parts, chunk.subarray(start, end)]).toString();
        parts = [];
        start = end + 1;
        this.#take(JSON.parse(text) as Message);
      }
      parts.push(chunk.subarray(start));
    });
    input.once('close', () => this.#end());
    // Chromium may be gone before the last message; what waited for it hears so above.
    output.on('error', () => undefined);
  }

  /** @param sessionId as `Target.attachedToTarget` gave it; empty for the browser itself */
  session(sessionId = ''): Session {
    const events = this.#sessions.get(sessionId) ?? new EventEmitter();
    this.#sessions.set(sessionId, events);
    const send = (method: string, params: object = {}) => this.#send(sessionId, method, params);
    return Object.assign(events, { send }) as unknown as Session;
  }

  #send(sessionId: string, method: string, params: object): Promise<never> {
    const id = ++this.#lastId;
    const message = { id, method, params, ...(sessionId === '' ? {} : { sessionId }) };
    return new Promise((resolve, reject) => {
      const fail = (error: Error) => reject(new Error(`${method}: ${error.message}`));
      this.#answers.set(id, { resolve, reject: fail });
      this.#output.write(`${JSON.stringify(message)}\0`);
    });
  }

  #take({ id, sessionId = '', method, params, result, error }: Message): void {
    if (id === undefined) {
      if (method !== undefined) this.#sessions.get(sessionId)?.emit(method, params);
      return;
    }
    const answer = this.#answers.get(id);
    this.#answers.delete(id);
    if (error) answer?.reject(new Error(error.message));
    else answer?.resolve(result as never);
  }

  #end(): void {
    for (const { reject } of this.#answers.values()) reject(new Error('Chromium is gone'));
    this.#answers.clear();
  }
}
