import { unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { HitherError } from '../../../../shared/errors';
import { writeError } from '../diskErrors';
import { MAX_ATTEMPTS } from '../fileRules';
import type { WriteStep } from '../fileSteps';
import type { FileThread } from '../FileThread';
import { numberedName } from '../../../../shared/transfer/manifest/freeName';
import type { Part, PartOptions } from './Part';

export interface SmallPartOptions extends PartOptions {
  thread: Pick<FileThread, 'write' | 'name' | 'put'>;
  /** The file is there, under this temporary name. */
  onWritten?: ((partName: string) => unknown) | undefined;
}

/** A file that comes in one piece and is written in one go, by the thread for files. It is never open in between. */
export class SmallPart implements Part {
  readonly #options: SmallPartOptions;
  #writing: Promise<void> | null = null;
  #partName: string | null = null;
  finalPath: string | null = null;

  constructor(options: SmallPartOptions) {
    this.#options = options;
  }

  /**
   * Writes it and gives it its name, in one step where that is free.
   * @returns the absolute final path
   * @throws HitherError as `write` and `commit`
   */
  async put(bytes: Uint8Array): Promise<string> {
    const { thread, folder, name, onWritten } = this.#options;
    const wanted = numberedName(name, 0);
    try {
      this.#partName = await thread.put({ ...this.#step(), finalName: wanted }, bytes);
    } catch (error) {
      throw writeError(error, name);
    }
    if (this.#partName === null) return join(folder.path, wanted);
    onWritten?.(this.#partName);
    return this.#nameFrom(1);
  }

  async write(_offsetBytes: number, bytes: Uint8Array): Promise<void> {
    const { thread, name, onWritten } = this.#options;
    const write = async (): Promise<void> => {
      this.#partName = await thread.write(this.#step(), bytes);
      onWritten?.(this.#partName);
    };
    this.#writing = write();
    try {
      await this.#writing;
    } catch (error) {
      throw writeError(error, name);
    }
  }

  /** Left to the system's own write-back, as `PartFile` says of small files. */
  sync(): Promise<void> {
    return Promise.resolve();
  }

  async finish(): Promise<void> {
    await this.#writing?.catch(() => undefined);
  }

  async commit(): Promise<void> {
    // An empty file has no block that would have been written.
    if (this.#partName === null) await this.write(0, new Uint8Array());
    await this.#nameFrom(0);
  }

  async discard(): Promise<void> {
    await this.finish();
    if (this.#partName === null || this.finalPath !== null) return;
    await unlink(join(this.#options.folder.path, this.#partName)).catch(() => undefined);
  }

  async #nameFrom(firstAttempt: number): Promise<string> {
    const { thread, folder, name, onNaming } = this.#options;
    const partName = this.#partName ?? '';
    try {
      for (let attempt = firstAttempt; attempt < MAX_ATTEMPTS; attempt++) {
        const wanted = numberedName(name, attempt);
        await onNaming?.(wanted);
        if (!(await thread.name({ folder: folder.place, partName, name: wanted }))) continue;
        this.finalPath = join(folder.path, wanted);
        return this.finalPath;
      }
    } catch (error) {
      throw writeError(error, name);
    }
    throw new HitherError('disk-error', { name });
  }

  #step(): Omit<WriteStep, 'kind' | 'at' | 'lengthBytes'> {
    const { folder, name, modifiedMs, isExecutable = false } = this.#options;
    return { folder: folder.place, name, modifiedMs, isExecutable };
  }
}
