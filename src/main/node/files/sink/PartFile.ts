import { constants } from 'node:fs';
import { type FileHandle, link, lstat, open, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { HitherError } from '../../../../shared/errors';
import { writeError } from '../diskErrors';
import { errnoOf } from '../errnoOf';
import { CREATE_NEW, MAX_ATTEMPTS, NO_HARD_LINKS } from '../fileRules';
import { giveAttributesAt } from '../times';
import { numberedName, partName } from '../../../../shared/transfer/manifest/freeName';
import type { Part, PartOptions } from './Part';
import { WriteQueue } from './WriteQueue';

/** Goes on with what is there, but never through a link. */
const REOPEN = constants.O_WRONLY | constants.O_NOFOLLOW;
/**
 * A file of less than this is left to the system's own write-back, some seconds later: a flush waits for the disk, and ten thousand
 * small files would be nothing but waiting. A power cut in those seconds may cost such a file, as with any program that copies.
 */
const WORTH_FLUSHING_BYTES = 1024 * 1024;

/** A file that is being received, as `name.part`, until `commit` gives it its name. */
export class PartFile implements Part {
  /** The temporary name. */
  readonly partName: string;
  readonly #options: PartOptions;
  readonly #partPath: string;
  #handle: FileHandle | null;
  readonly #queue: WriteQueue;
  /** Something has been written that may not be on disk yet. */
  #isDirty = false;
  /** Something has been written at or beyond what is worth a flush, in this run or at its place in an earlier one's file. */
  #isLarge = false;
  /** Absolute final path, once committed. */
  finalPath: string | null = null;

  private constructor(options: PartOptions, name: string, handle: FileHandle) {
    this.#options = options;
    this.partName = name;
    this.#partPath = join(options.folder.path, name);
    this.#handle = handle;
    this.#queue = new WriteQueue(handle);
  }

  /**
   * Creates the temporary file.
   * @throws HitherError with what the disk says
   */
  static async create(options: PartOptions): Promise<PartFile> {
    for (let attempt = 0; ; attempt++) {
      const name = partName(options.name, attempt);
      const path = join(options.folder.path, name);
      try {
        // What is there is somebody else's, and must not be noted as ours.
        if (await isTaken(path)) continue;
        await options.onCreating?.(name);
        return new PartFile(options, name, await open(path, CREATE_NEW, 0o644));
      } catch (error) {
        if (errnoOf(error) !== 'EEXIST' || attempt === MAX_ATTEMPTS) throw writeError(error, options.name);
      }
    }
  }

  /**
   * Goes on with the temporary file of an earlier run; `null` where it is gone, or is no longer a file of its own.
   * @throws HitherError with what the disk says
   */
  static async reopen(options: PartOptions, name: string): Promise<PartFile | null> {
    try {
      const handle = await open(join(options.folder.path, name), REOPEN);
      const info = await handle.stat();
      if (info.isFile() && info.nlink === 1) return new PartFile(options, name, handle);
      await handle.close();
      return null;
    } catch (error) {
      if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ELOOP') return null;
      throw writeError(error, options.name);
    }
  }

  async write(offsetBytes: number, bytes: Uint8Array): Promise<void> {
    const handle = this.#handle;
    if (!handle) throw new HitherError('cancelled');
    this.#isLarge ||= offsetBytes + bytes.length >= WORTH_FLUSHING_BYTES;
    try {
      await this.#queue.write(offsetBytes, bytes);
    } catch (error) {
      // Closed while this waited for its turn: nobody wants the file any more, and nothing is wrong with the disk.
      throw this.#handle === handle ? writeError(error, this.#options.name) : new HitherError('cancelled');
    } finally {
      this.#isDirty = true;
    }
  }

  /** Flushes what has been written, so that a power cut leaves it there. */
  async sync(): Promise<void> {
    this.#isDirty = false;
    await this.#handle?.datasync();
  }

  async finish(): Promise<void> {
    const handle = this.#handle;
    this.#handle = null;
    try {
      try {
        if (this.#isDirty && this.#isLarge) await handle?.datasync();
      } finally {
        await handle?.close();
      }
    } catch (error) {
      throw writeError(error, this.#options.name);
    }
  }

  async commit(): Promise<void> {
    try {
      const { modifiedMs, isExecutable, folder } = this.#options;
      await folder.check();
      await giveAttributesAt(this.#partPath, { modifiedMs, isExecutable });
      this.finalPath = await this.#moveToFreeName();
    } catch (error) {
      throw writeError(error, this.#options.name);
    }
  }

  /** Removes the temporary file; a committed one stays. Never throws. */
  async discard(): Promise<void> {
    await this.finish().catch(() => undefined);
    if (!this.finalPath) await unlink(this.#partPath).catch(() => undefined);
  }

  async #freePath(attempt: number): Promise<string> {
    const name = numberedName(this.#options.name, attempt);
    await this.#options.onNaming?.(name);
    return join(this.#options.folder.path, name);
  }

  /** `link` refuses a name that is taken, in one step with taking it; `rename` would overwrite. */
  async #moveToFreeName(): Promise<string> {
    for (let attempt = 0; ; attempt++) {
      const path = await this.#freePath(attempt);
      try {
        await link(this.#partPath, path);
        await unlink(this.#partPath);
        return path;
      } catch (error) {
        if (NO_HARD_LINKS.has(errnoOf(error))) return this.#renameToFreeName(attempt);
        if (errnoOf(error) !== 'EEXIST' || attempt === MAX_ATTEMPTS) throw error;
      }
    }
  }

  /** Without hard links: an empty file takes the name, and the received one replaces it. */
  async #renameToFreeName(firstAttempt: number): Promise<string> {
    for (let attempt = firstAttempt; ; attempt++) {
      const path = await this.#freePath(attempt);
      try {
        await (await open(path, CREATE_NEW, 0o644)).close();
        await rename(this.#partPath, path);
        return path;
      } catch (error) {
        if (errnoOf(error) !== 'EEXIST' || attempt === MAX_ATTEMPTS) throw error;
      }
    }
  }
}

async function isTaken(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    (error: unknown) => {
      if (errnoOf(error) === 'ENOENT') return false;
      throw error;
    },
  );
}
