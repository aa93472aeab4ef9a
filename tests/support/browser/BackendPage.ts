import { checkedEvent, resultOf } from '../../../src/shared/contract/backend';
import type { AppState } from '../../../src/shared/contract/app';
import type {
  EventMap,
  RequestArgs,
  RequestName,
  RequestResult,
} from '../../../src/shared/contract/contract';
import type { SessionInfo } from '../../../src/shared/contract/sessions';
import { transfersAfter, type TransferView } from '../../../src/shared/contract/transfers';
import { Emitter } from '../../../src/shared/Emitter';
import type { FromHost, ToHost } from './hostBackend';
import { LivePort } from './LivePort';

type Question = ToHost extends infer M ? (M extends { id: number } ? Omit<M, 'id'> : never) : never;

/** How long something may take that a test waits for, in ms. */
const PATIENCE_MS = 30_000;

/** The page of one backend, as far as its tests go: it asks what a person would have it ask, and keeps what it is told. */
export class BackendPage {
  /** What the backend tells, and `gone` when that is dead. */
  readonly events = new Emitter<EventMap & { gone: undefined }>();
  sessions: SessionInfo[] = [];
  /** How sessions ended, in order. */
  readonly ends: EventMap['sessions:ended'][] = [];
  transfers: TransferView[] = [];
  readonly #port: LivePort<ToHost, FromHost>;
  readonly #answers = new Map<number, (value: unknown) => void>();
  /** Looked at again whenever the backend has told something. */
  readonly #waits = new Set<() => void>();
  #nextId = 0;

  constructor(port: MessagePort) {
    this.#port = new LivePort(port, {
      onMessage: (message) => {
        if (message.kind === 'answer') this.#answer(message.id, message.value);
        else this.#handleEvent(message.name, message.data);
      },
      onGone: () => this.events.emit('gone', undefined),
    });
  }

  /** Becomes the page of its backend, once that has started. @returns what it begins with */
  async attach(): Promise<AppState> {
    const fingerprint = [...crypto.getRandomValues(new Uint8Array(32))].map(inHex).join('');
    const state = await this.request('app:attach', { fingerprint });
    this.sessions = [...state.sessions];
    this.transfers = transfersAfter([], { changed: state.transfers, gone: [] });
    return state;
  }

  /** @throws HitherError with the backend's code */
  async request<N extends RequestName>(name: N, args: RequestArgs<N>): Promise<RequestResult<N>> {
    return resultOf(name, await this.#ask({ kind: 'request', name, args }));
  }

  /** A token for a path of the backend's, as of a file that was dropped. */
  async registerPath(path: string): Promise<string> {
    return String(await this.#ask({ kind: 'registerPath', path }));
  }

  /** Ends the backend as a person who quits does. */
  async close(): Promise<void> {
    await this.#ask({ kind: 'close' });
  }

  /**
   * Resolves with the first thing that `find` gives, now or when the backend has told something.
   * @param what is waited for, in words
   * @throws Error where that takes too long
   */
  until<T>(what: string, find: () => T | null | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${what}: ${this.#inWords()}`)), PATIENCE_MS);
      const look = (): void => {
        const found = find();
        if (found === null || found === undefined) return;
        this.#waits.delete(look);
        clearTimeout(timer);
        resolve(found);
      };
      this.#waits.add(look);
      look();
    });
  }

  /** The first session that is in a phase, once there is one. */
  inPhase(phase: SessionInfo['phase']): Promise<SessionInfo> {
    return this.until(`a session that is ${phase}`, () =>
      this.sessions.find((session) => session.phase === phase),
    );
  }

  /** The transfer whose first file is called so, once it is in a phase. */
  transfer(
    direction: TransferView['direction'],
    name: string,
    phase: TransferView['phase'],
  ): Promise<TransferView> {
    return this.until(`${name} that is ${phase}`, () =>
      this.transfers.find(
        (view) => view.direction === direction && view.phase === phase && view.rootNames[0] === name,
      ),
    );
  }

  #ask(question: Question): Promise<unknown> {
    const id = this.#nextId++;
    return new Promise((resolve) => {
      this.#answers.set(id, resolve);
      this.#port.send({ ...question, id });
    });
  }

  #answer(id: number, value: unknown): void {
    this.#answers.get(id)?.(value);
    this.#answers.delete(id);
  }

  #handleEvent(name: string, data: unknown): void {
    const event = checkedEvent(name, data);
    if (event === null) throw new Error(`the contract has no such event: ${name}`);
    if (event.name === 'sessions:changed') this.#keep(event.data);
    if (event.name === 'sessions:ended') this.#forget(event.data);
    if (event.name === 'transfers:changed') this.transfers = transfersAfter(this.transfers, event.data);
    this.events.emit(event.name, event.data);
    for (const look of [...this.#waits]) look();
  }

  #inWords(): string {
    const sessions = this.sessions.map(({ phase }) => phase);
    const ends = this.ends.map(({ reason }) => reason);
    const transfers = this.transfers.map(({ phase, failure }) => [phase, failure]);
    return JSON.stringify({ sessions, ends, transfers });
  }

  #keep(session: SessionInfo): void {
    this.sessions = [...this.sessions.filter(({ sessionId }) => sessionId !== session.sessionId), session];
  }

  #forget(end: EventMap['sessions:ended']): void {
    this.ends.push(end);
    this.sessions = this.sessions.filter(({ sessionId }) => sessionId !== end.sessionId);
  }
}

function inHex(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}
