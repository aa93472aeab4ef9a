import { constants } from 'node:fs';
import { type FileHandle, link, open, rename, unlink, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { SinkFile } from '../../shared/transfer/ports';
import { errnoOf, writeError } from './diskErrors';
import { numberedName, partName } from './freeName';

/** More names than any folder holds by chance; past it something else is wrong. */
const MAX_ATTEMPTS = 10_000;
/** Never opens what is there already, and so never writes through a planted link. */
const CREATE_NEW = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL;
/** File systems without hard links answer `link` with one of these. */
const NO_HARD_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EINVAL']);

/** A file that is being received, as `name.part`, until `commit` gives it its name. */
export class PartFile implements SinkFile {
  readonly #folder: string;
  readonly #name: string;
  readonly #partPath: string;
  readonly #modifiedMs: number | undefined;
  #handle: FileHandle | null;
  /** Absolute final path, once committed. */
  finalPath: string | null = null;

  private constructor(
    folder: string,
    name: string,
    partPath: string,
    handle: FileHandle,
    modifiedMs?: number,
  ) {
    this.#folder = folder;
    this.#name = name;
    this.#partPath = partPath;
    this.#handle = handle;
    this.#modifiedMs = modifiedMs;
  }

  /**
   * Creates the temporary file.
   * @throws HitherError with what the disk says
   */
  static async create(folder: string, name: string, modifiedMs?: number): Promise<PartFile> {
    for (let attempt = 0; ; attempt++) {
      const partPath = join(folder, partName(name, attempt));
      try {
        return new PartFile(folder, name, partPath, await open(partPath, CREATE_NEW, 0o644), modifiedMs);
      } catch (error) {
        if (errnoOf(error) !== 'EEXIST' || attempt === MAX_ATTEMPTS) throw writeError(error, name);
      }
    }
  }

  async write(offsetBytes: number, bytes: Uint8Array): Promise<void> {
    try {
      let written = 0;
      while (written < bytes.length) {
        const handle = this.#handle;
        if (!handle) return;
        written += (await handle.write(bytes, written, bytes.length - written, offsetBytes + written))
          .bytesWritten;
      }
    } catch (error) {
      throw writeError(error, this.#name);
    }
  }

  async finish(): Promise<void> {
    const handle = this.#handle;
    this.#handle = null;
    try {
      await handle?.close();
    } catch (error) {
      throw writeError(error, this.#name);
    }
  }

  async commit(): Promise<void> {
    try {
      if (this.#modifiedMs !== undefined) {
        await utimes(this.#partPath, this.#modifiedMs / 1000, this.#modifiedMs / 1000);
      }
      this.finalPath = await this.#moveToFreeName();
    } catch (error) {
      throw writeError(error, this.#name);
    }
  }

  /** Removes the temporary file; a committed one stays. Never throws. */
  async discard(): Promise<void> {
    await this.finish().catch(() => undefined);
    if (!this.finalPath) await unlink(this.#partPath).catch(() => undefined);
  }

  /** `link` refuses a name that is taken, in one step with taking it; `rename` would overwrite. */
  async #moveToFreeName(): Promise<string> {
    for (let attempt = 0; ; attempt++) {
      const path = join(this.#folder, numberedName(this.#name, attempt));
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
      const path = join(this.#folder, numberedName(this.#name, attempt));
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
