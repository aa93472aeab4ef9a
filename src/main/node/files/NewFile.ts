import { type FileHandle, open, unlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { GrowingFile } from '../../../backend/ports';
import { HitherError } from '../../../shared/errors';
import { numberedName } from '../../../shared/transfer/manifest/freeName';
import { writeError } from './diskErrors';
import { errnoOf } from './errnoOf';
import { CREATE_NEW, MAX_ATTEMPTS } from './fileRules';

/** A file of its own that grows under its final name. */
export class NewFile implements GrowingFile {
  readonly path: string;
  #handle: FileHandle | null;

  private constructor(path: string, handle: FileHandle) {
    this.path = path;
    this.#handle = handle;
  }

  /** @throws HitherError with what the disk says */
  static async create(dir: string, name: string): Promise<NewFile> {
    for (let attempt = 0; ; attempt++) {
      const path = join(dir, numberedName(name, attempt));
      try {
        return new NewFile(path, await open(path, CREATE_NEW, 0o644));
      } catch (error) {
        if (errnoOf(error) !== 'EEXIST' || attempt === MAX_ATTEMPTS) throw writeError(error, name);
      }
    }
  }

  async write(offsetBytes: number, bytes: Uint8Array): Promise<void> {
    const handle = this.#opened();
    try {
      for (let written = 0; written < bytes.length;) {
        const rest = bytes.length - written;
        written += (await handle.write(bytes, written, rest, offsetBytes + written)).bytesWritten;
      }
    } catch (error) {
      throw writeError(error, basename(this.path));
    }
  }

  async sync(): Promise<void> {
    try {
      await this.#opened().datasync();
    } catch (error) {
      throw writeError(error, basename(this.path));
    }
  }

  async close(): Promise<void> {
    const handle = this.#handle;
    this.#handle = null;
    await handle?.datasync().catch(() => undefined);
    await handle?.close().catch(() => undefined);
  }

  async discard(): Promise<void> {
    const handle = this.#handle;
    this.#handle = null;
    await handle?.close().catch(() => undefined);
    await unlink(this.path).catch(() => undefined);
  }

  #opened(): FileHandle {
    if (!this.#handle) throw new HitherError('cancelled');
    return this.#handle;
  }
}
