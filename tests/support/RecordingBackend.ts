import type {
  EventData,
  EventName,
  RequestArgs,
  RequestName,
  RequestResult,
} from '../../src/shared/contract/contract';
import { appState } from './appState';
import type { BlobRequestName, ClientBackend } from '../../src/renderer/core/ClientBackend';

type Answers = {
  [N in RequestName]?: (args: RequestArgs<N>) => RequestResult<N> | Promise<RequestResult<N>>;
};

/** A backend that writes down what it is asked, answers what the test tells it to, and says what the test has it say. */
export class RecordingBackend implements ClientBackend {
  readonly asked: { name: RequestName; args: unknown }[] = [];
  readonly answers: Answers;
  readonly #listeners = new Map<string, Set<(data: never) => void>>();

  /** @param answers to requests, by name; every other request gets `{}`, and one who looks finds no other page */
  constructor(answers: Answers = {}) {
    this.answers = {
      'app:look': () => ({ waiting: [], other: null, settings: appState.settings }),
      ...answers,
    };
  }

  async request<N extends RequestName>(name: N, args: RequestArgs<N>): Promise<RequestResult<N>> {
    this.asked.push({ name, args });
    const answer = this.answers[name] as ((args: RequestArgs<N>) => Promise<RequestResult<N>>) | undefined;
    return answer ? await answer(args) : ({} as RequestResult<N>);
  }

  async requestWithBlob<N extends BlobRequestName>(
    name: N,
    args: Omit<RequestArgs<N>, 'bytes'>,
    blob: Blob,
  ): Promise<RequestResult<N>> {
    return this.request(name, { ...args, bytes: new Uint8Array(await blob.arrayBuffer()) } as RequestArgs<N>);
  }

  on<E extends EventName>(name: E, listener: (data: EventData<E>) => void): () => void {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners);
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  onConnection(): () => void {
    return () => undefined;
  }

  emit<E extends EventName>(name: E, data: EventData<E>): void {
    for (const listener of this.#listeners.get(name) ?? []) listener(data as never);
  }

  /** The arguments of every request of a name, in order. */
  argsOf<N extends RequestName>(name: N): RequestArgs<N>[] {
    return this.asked.filter((one) => one.name === name).map((one) => one.args as RequestArgs<N>);
  }
}
