import { unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { HitherError } from '../../shared/errors';
import { writeError } from './diskErrors';
import { MAX_ATTEMPTS } from './fileRules';
import type { FileThread } from './FileThread';
import { numberedName } from './freeName';
import type { Part, PartOptions } from './Part';

export interface SmallPartOptions extends PartOptions {
  thread: Pick<FileThread, 'write' | 'name'>;
  /** The file is there, under this temporary name. */
  onWritten?: ((partName: string) => void) | undefined;
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

  async write(_offsetBytes: number, bytes: Uint8Array): Promise<void> {
    const { thread, folder, name, modifiedMs, isExecutable = false, onWritten } = this.#options;
    const write = async (): Promise<void> => {
      const step = { folder: folder.place, name, modifiedMs, isExecutable };
      this.#partName = await thread.write(step, bytes);
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
    const { thread, folder, name, onNaming } = this.#options;
    // An empty file has no block that would have been written.
    if (this.#partName === null) await this.write(0, new Uint8Array());
    const partName = this.#partName;
    try {
      for (let attempt = 0; partName !== null && this.finalPath === null; attempt++) {
        if (attempt === MAX_ATTEMPTS) throw new HitherError('disk-error', { name });
        const wanted = numberedName(name, attempt);
        await onNaming?.(wanted);
        if (await thread.name({ folder: folder.place, partName, name: wanted }))
          this.finalPath = join(folder.path, wanted);
      }
    } catch (error) {
      throw writeError(error, name);
    }
  }

  async discard(): Promise<void> {
    await this.finish();
    if (this.#partName === null || this.finalPath !== null) return;
    await unlink(join(this.#options.folder.path, this.#partName)).catch(() => undefined);
  }
}
