import { Worker } from 'node:worker_threads';
import { HitherError } from '../../../shared/errors';
import type { FileStep, NameStep, ReadStep, StepResult, WriteStep } from './fileSteps';

/** A batch on its way to the thread; `bytes` is handed over with it, and comes back. */
export interface StepBatch {
  steps: FileStep[];
  bytes: Uint8Array<ArrayBuffer>;
}

/** Its results, in the order of the steps. */
export interface StepResults {
  results: StepResult[];
  bytes: Uint8Array<ArrayBuffer>;
}

interface Job {
  /** Without its place in the batch's bytes, which is given when the batch is made. */
  step: FileStep;
  lengthBytes: number;
  /** What a `write` writes. */
  content: Uint8Array | null;
  resolve: (outcome: { result: StepResult; bytes: Uint8Array<ArrayBuffer> }) => void;
  reject: (error: unknown) => void;
}

/** As many as keep the thread busy for some milliseconds; with the size of a small file this bounds the memory. */
const MAX_STEPS_IN_BATCH = 64;
/** One that is worked on, and one that waits for it, so that the thread never does. */
const MAX_BATCHES_UNDERWAY = 2;
/** A thread without work holds some MB for nothing. */
const IDLE_MS = 10_000;

/**
 * A thread that reads, writes and names small files, many in a row. A file of 4 KiB takes ten calls of the file system; each
 * by itself through Node's pool costs several times what the call does, and calls in one folder from several
 * threads wait for each other in the kernel. It starts when it is needed and ends when it has been idle for a while.
 */
export class FileThread {
  readonly #scriptPath: string;
  readonly #waiting: Job[] = [];
  readonly #inFlight: Job[][] = [];
  #worker: Worker | null = null;
  #isPosting = false;
  #idleTimer: NodeJS.Timeout | undefined;

  /** @param scriptPath absolute path of `fileThreadEntry`, built */
  constructor(scriptPath: string) {
    this.#scriptPath = scriptPath;
  }

  /**
   * Writes a whole file under a temporary name, with its time and mode; what was written of one that fails is removed.
   * @returns the temporary name
   * @throws HitherError `folder-missing` where something else is in the folder's place, or the file system's error
   */
  async write(step: Omit<WriteStep, 'kind' | 'at' | 'lengthBytes'>, content: Uint8Array): Promise<string> {
    const lengthBytes = content.length;
    const { result } = await this.#run({ ...step, kind: 'write', at: 0, lengthBytes }, content);
    const outcome = checked(result, step.folder.path);
    if (outcome.kind !== 'written') throw new HitherError('disk-error', { name: step.name });
    return outcome.partName;
  }

  /**
   * Writes a whole file, as `write`, and gives it its final name.
   * @returns `null`, or the temporary name that it has where the final one is taken
   * @throws as `write`
   */
  async put(
    step: Omit<WriteStep, 'kind' | 'at' | 'lengthBytes'> & { finalName: string },
    content: Uint8Array,
  ): Promise<string | null> {
    const { result } = await this.#run(
      { ...step, kind: 'write', at: 0, lengthBytes: content.length },
      content,
    );
    const outcome = checked(result, step.folder.path);
    return outcome.kind === 'written' ? outcome.partName : null;
  }

  /**
   * Gives a written file its name.
   * @returns whether it has it now; `false` where it is taken
   * @throws as `write`
   */
  async name(step: Omit<NameStep, 'kind'>): Promise<boolean> {
    const { result } = await this.#run({ ...step, kind: 'name' });
    return checked(result, step.folder.path).kind === 'done';
  }

  /**
   * Reads a whole file.
   * @returns its bytes, or `null` where it is not as long or as old as it was
   * @throws the file system's error
   */
  async read(step: Omit<ReadStep, 'kind' | 'at'>): Promise<Uint8Array<ArrayBuffer> | null> {
    const { result, bytes } = await this.#run({ ...step, kind: 'read', at: 0 });
    return checked(result, step.path).kind === 'done' ? bytes : null;
  }

  /** Ends the thread; what was under way is rejected. */
  async close(): Promise<void> {
    clearTimeout(this.#idleTimer);
    const worker = this.#worker;
    this.#failed(new HitherError('cancelled'));
    await worker?.terminate();
  }

  #run(
    step: FileStep,
    content: Uint8Array | null = null,
  ): Promise<{ result: StepResult; bytes: Uint8Array<ArrayBuffer> }> {
    return new Promise((resolve, reject) => {
      const lengthBytes = 'lengthBytes' in step ? step.lengthBytes : 0;
      this.#waiting.push({ step, lengthBytes, content, resolve, reject });
      this.#postSoon();
    });
  }

  /** Not at once, so that what comes in the same turn goes along. */
  #postSoon(): void {
    if (this.#isPosting) return;
    this.#isPosting = true;
    setImmediate(() => {
      this.#isPosting = false;
      while (this.#hasBatch) this.#post(this.#waiting.splice(0, MAX_STEPS_IN_BATCH));
    });
  }

  /** While the thread is busy only a full batch is worth a message. */
  get #hasBatch(): boolean {
    const least = this.#inFlight.length === 0 ? 1 : MAX_STEPS_IN_BATCH;
    return this.#waiting.length >= least && this.#inFlight.length < MAX_BATCHES_UNDERWAY;
  }

  #post(jobs: Job[]): void {
    const bytes = new Uint8Array(jobs.reduce((sum, { lengthBytes }) => sum + lengthBytes, 0));
    let at = 0;
    const steps = jobs.map(({ step, lengthBytes, content }): FileStep => {
      if (content) bytes.set(content, at);
      const placed = 'at' in step ? { ...step, at } : step;
      at += lengthBytes;
      return placed;
    });
    this.#inFlight.push(jobs);
    const batch: StepBatch = { steps, bytes };
    this.#running().postMessage(batch, [bytes.buffer]);
  }

  #running(): Worker {
    clearTimeout(this.#idleTimer);
    this.#worker ??= this.#started();
    this.#worker.ref();
    return this.#worker;
  }

  #started(): Worker {
    const worker = new Worker(this.#scriptPath);
    worker.on('message', (answer: StepResults) => {
      // One that was given up may still have had an answer on its way.
      if (this.#worker === worker) this.#answered(answer);
    });
    worker.on('error', (error) => {
      if (this.#worker === worker) this.#failed(error);
    });
    worker.on('exit', () => {
      if (this.#worker === worker) this.#failed(new HitherError('disk-error'));
    });
    return worker;
  }

  #answered({ results, bytes }: StepResults): void {
    const jobs = this.#inFlight.shift() ?? [];
    let at = 0;
    for (const [index, { lengthBytes, resolve, reject }] of jobs.entries()) {
      const result = results[index];
      if (result) resolve({ result, bytes: bytes.subarray(at, at + lengthBytes) });
      else reject(new HitherError('disk-error'));
      at += lengthBytes;
    }
    if (this.#waiting.length > 0) this.#postSoon();
    else if (this.#inFlight.length === 0) this.#rest();
  }

  /** A thread without work keeps no process alive. */
  #rest(): void {
    const worker = this.#worker;
    worker?.unref();
    this.#idleTimer = setTimeout(() => {
      this.#worker = null;
      void worker?.terminate();
    }, IDLE_MS);
    this.#idleTimer.unref();
  }

  #failed(error: unknown): void {
    this.#worker = null;
    for (const { reject } of [...this.#inFlight.splice(0).flat(), ...this.#waiting.splice(0)]) reject(error);
  }
}

/** @throws HitherError `folder-missing`, or an error with the `code` of the file system's */
function checked(result: StepResult, path: string): StepResult {
  if (result.kind === 'moved') throw new HitherError('folder-missing', { name: path });
  if (result.kind === 'failed') throw Object.assign(new Error(result.message), { code: result.errno });
  return result;
}
