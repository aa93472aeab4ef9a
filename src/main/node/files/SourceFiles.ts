import { type FileHandle, open } from 'node:fs/promises';
import { HitherError } from '../../../shared/errors';
import type { ManifestEntry } from '../../../shared/protocol/transfer';
import type { BlockSource } from '../../../shared/transfer/ports';
import type { EntryOrigin, TransferSources } from '../../../backend/ports';
import { readError } from './diskErrors';
import { SMALL_FILE_BYTES } from './fileSteps';
import type { FileThread } from './FileThread';
import { modifiedMsOf } from './times';

/** Reads the files of an outgoing transfer, each opened once and checked against what the manifest promised. */
export class SourceFiles implements TransferSources {
  readonly #entries: readonly ManifestEntry[];
  readonly #origins: readonly EntryOrigin[];
  readonly #open = new Map<number, Promise<FileHandle>>();

  readonly #thread: Pick<FileThread, 'read'> | null;

  /** @param thread reads small files; without it they are read as large ones are */
  constructor(
    entries: readonly ManifestEntry[],
    origins: readonly EntryOrigin[],
    thread: Pick<FileThread, 'read'> | null = null,
  ) {
    this.#entries = entries;
    this.#origins = origins;
    this.#thread = thread;
  }

  /** Whether any file is the page's, and so gone with it. */
  get needsPage(): boolean {
    return this.#origins.some((origin) => origin.kind === 'page');
  }

  block(fileIndex: number, offsetBytes: number, lengthBytes: number): BlockSource {
    const origin = this.#origins[fileIndex];
    const sizeBytes = this.#entries[fileIndex]?.sizeBytes ?? 0;
    if (origin?.kind === 'page')
      return { kind: 'page', sourceId: origin.sourceId, offsetBytes, lengthBytes, sizeBytes };
    const thread = this.#thread;
    const isWhole = offsetBytes === 0 && lengthBytes === sizeBytes;
    if (thread && isWhole && lengthBytes <= SMALL_FILE_BYTES && origin?.kind === 'path')
      return {
        kind: 'bytes',
        lengthBytes,
        read: () => this.#readSmall(fileIndex, origin.absolutePath, thread),
      };
    return {
      kind: 'bytes',
      lengthBytes,
      read: (into) => this.#read(fileIndex, offsetBytes, lengthBytes, into),
    };
  }

  release(fileIndex: number): void {
    const handle = this.#open.get(fileIndex);
    this.#open.delete(fileIndex);
    void handle?.then((opened) => opened.close()).catch(() => undefined);
  }

  close(): void {
    for (const fileIndex of [...this.#open.keys()]) this.release(fileIndex);
  }

  async #readSmall(
    fileIndex: number,
    path: string,
    thread: Pick<FileThread, 'read'>,
  ): Promise<Uint8Array<ArrayBuffer>> {
    const { path: name, sizeBytes, modifiedMs } = this.#entries[fileIndex] ?? { path: '', sizeBytes: 0 };
    try {
      const bytes = await thread.read({ path, lengthBytes: sizeBytes, modifiedMs });
      if (bytes === null) throw new HitherError('source-changed', { name });
      return bytes;
    } catch (error) {
      throw readError(error, name);
    }
  }

  async #read(
    fileIndex: number,
    offsetBytes: number,
    lengthBytes: number,
    into?: Uint8Array<ArrayBuffer>,
  ): Promise<Uint8Array<ArrayBuffer>> {
    const name = this.#entries[fileIndex]?.path ?? '';
    try {
      const handle = await this.#handle(fileIndex, name);
      const bytes = into?.subarray(0, lengthBytes) ?? new Uint8Array(lengthBytes);
      let filled = 0;
      while (filled < lengthBytes) {
        const { bytesRead } = await handle.read(bytes, filled, lengthBytes - filled, offsetBytes + filled);
        if (bytesRead === 0) throw new HitherError('source-changed', { name });
        filled += bytesRead;
      }
      // It may have been written to since it was opened, and blocks sent before are then of another file.
      if (offsetBytes + lengthBytes === this.#entries[fileIndex]?.sizeBytes)
        await this.#check(handle, fileIndex);
      return bytes;
    } catch (error) {
      throw readError(error, name);
    }
  }

  #handle(fileIndex: number, name: string): Promise<FileHandle> {
    const known = this.#open.get(fileIndex);
    if (known) return known;
    const opened = this.#openChecked(fileIndex, name);
    this.#open.set(fileIndex, opened);
    return opened;
  }

  async #openChecked(fileIndex: number, name: string): Promise<FileHandle> {
    const origin = this.#origins[fileIndex];
    const entry = this.#entries[fileIndex];
    if (origin?.kind !== 'path' || !entry) throw new HitherError('source-missing', { name });
    const handle = await open(origin.absolutePath, 'r');
    try {
      await this.#check(handle, fileIndex);
      return handle;
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** @throws HitherError `source-changed` where a file is not what the manifest says */
  async #check(handle: FileHandle, fileIndex: number): Promise<void> {
    const { path: name, sizeBytes, modifiedMs } = this.#entries[fileIndex] ?? { path: '', sizeBytes: 0 };
    const info = await handle.stat();
    const foundMs = modifiedMsOf(info);
    if (info.size !== sizeBytes || foundMs !== (modifiedMs ?? foundMs))
      throw new HitherError('source-changed', { name });
  }
}
