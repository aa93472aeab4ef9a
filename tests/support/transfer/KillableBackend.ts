import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { EventMap, RequestArgs, RequestName } from '../../../src/shared/contract/contract';
import { transfersAfter, type TransferView } from '../../../src/shared/contract/transfers';
import { Emitter } from '../../../src/shared/Emitter';
import { bundleProcess } from '../bundleProcess';
import { FILE_THREAD_PATH } from './testFileThread';
import type { FromTransferProcess, ToTransferProcess } from './transferProcess';

type Say = ToTransferProcess extends infer M ? (M extends { id: number } ? Omit<M, 'id'> : never) : never;

/** @returns the path of the script that `start` takes */
export async function bundleTransferProcess(dir: string): Promise<string> {
  return bundleProcess(join(import.meta.dirname, 'transferProcess.ts'), dir);
}

/** A backend's transfers in a process of their own, which can be killed at any moment and started again. */
export class KillableBackend {
  readonly events = new Emitter<EventMap & { message: { sessionId: string; message: unknown } }>();
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (value: unknown) => void>();
  #nextId = 0;

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.on('message', (message: FromTransferProcess) => this.#handle(message));
  }

  /** Starts one and waits until it has read its profile. */
  static async start(script: string, profileDir: string, downloadsDir: string, peerId: string) {
    const child = fork(script, [profileDir, downloadsDir, peerId, FILE_THREAD_PATH], {
      serialization: 'advanced',
    });
    const backend = new KillableBackend(child);
    await once(child, 'message');
    return backend;
  }

  /** Asks the contract. */
  async request<N extends RequestName>(name: N, args: RequestArgs<N>): Promise<unknown> {
    const outcome = await this.#ask({ type: 'request', name, args });
    return (outcome as { value?: unknown } | undefined)?.value;
  }

  async openSession(sessionId: string): Promise<void> {
    await this.#ask({ type: 'openSession', sessionId });
  }

  /** A message that the peer of a session says. */
  async receive(sessionId: string, message: unknown): Promise<void> {
    await this.#ask({ type: 'message', sessionId, message });
  }

  async endSession(sessionId: string): Promise<void> {
    await this.#ask({ type: 'endSession', sessionId });
  }

  async registerPath(path: string): Promise<string> {
    return (await this.#ask({ type: 'registerPath', path })) as string;
  }

  /** The last list of transfers that it told. */
  transfers: readonly TransferView[] = [];

  /** Kills it as nothing can be prepared for. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await gone;
    for (const resolve of this.#waiting.values()) resolve(undefined);
    this.#waiting.clear();
  }

  async #ask(message: Say): Promise<unknown> {
    if (!this.#child.connected) return undefined;
    const id = this.#nextId++;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#child.send({ ...message, id }, (error) => {
        if (error) resolve(undefined);
      });
    });
  }

  #handle(message: FromTransferProcess): void {
    if (message.type === 'answer') {
      this.#waiting.get(message.id)?.(message.value);
      this.#waiting.delete(message.id);
    } else if (message.type === 'message') {
      this.events.emit('message', message);
    } else if (message.type === 'event') {
      if (message.name === 'transfers:changed')
        this.transfers = transfersAfter(this.transfers, message.data as EventMap['transfers:changed']);
      this.events.emit(message.name as keyof EventMap, message.data as never);
    }
  }
}
