import { HitherError } from '../../shared/errors';
import { isVisible, withoutHidden } from '../../shared/hiddenText';
import { LocalNames, WINDOWS_NAMES } from '../../shared/transfer/manifest/LocalNames';
import type { Clock, FileAccess, GrowingFile } from '../ports';

/** How long bytes may be the system's alone, in ms: a power cut costs no more than that of a recording. */
const SYNC_MS = 5_000;

/** Bytes that take the place of others near the beginning. */
export interface Patch {
  offsetBytes: number;
  bytes: Uint8Array;
}

/** What a page wants its file to be called, without and with the ending. */
export interface RecordingName {
  name: string;
  ending: 'webm' | 'mp4';
}

/** The file of one recording: appended to in order, and of use whenever that ends. */
export class RecordingFile {
  readonly #file: GrowingFile;
  readonly #clock: Clock;
  #sizeBytes = 0;
  #syncedMs: number;
  #isClosed = false;
  /** The write under way; never rejects. */
  #writing: Promise<void> = Promise.resolve();

  private constructor(file: GrowingFile, clock: Clock) {
    this.#file = file;
    this.#clock = clock;
    this.#syncedMs = clock.monotonicMs();
  }

  /** @throws HitherError with what the disk says */
  static async open(
    files: Pick<FileAccess, 'createFile'>,
    clock: Clock,
    dir: string,
    { name, ending }: RecordingName,
  ): Promise<RecordingFile> {
    return new RecordingFile(await files.createFile(dir, `${safeName(name)}.${ending}`), clock);
  }

  get path(): string {
    return this.#file.path;
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /**
   * Appends bytes, and flushes them now and then.
   * @throws HitherError `bad-request` where they are not for its end, `not-allowed` once it is closed, or with what the disk says
   */
  async append(offsetBytes: number, bytes: Uint8Array): Promise<void> {
    if (this.#isClosed) throw new HitherError('not-allowed');
    // Also while another write is under way, as its bytes are not counted yet.
    if (offsetBytes !== this.#sizeBytes)
      throw new HitherError('bad-request', { request: 'recordings:write' });
    this.#sizeBytes += bytes.length;
    const write = this.#write(offsetBytes, bytes);
    this.#writing = write.catch(() => undefined);
    try {
      await write;
    } catch (error) {
      this.#sizeBytes = offsetBytes;
      throw error;
    }
  }

  /** Closes it when what is under way is written. Never fails. @returns whether there is anything in it; an empty one is removed */
  async close(patch: Patch | null): Promise<boolean> {
    if (this.#isClosed) return this.#sizeBytes > 0;
    this.#isClosed = true;
    await this.#writing;
    if (this.#sizeBytes === 0) {
      await this.#file.discard();
      return false;
    }
    const isWithin = patch !== null && patch.offsetBytes + patch.bytes.length <= this.#sizeBytes;
    // It plays without, too.
    if (isWithin) await this.#file.write(patch.offsetBytes, patch.bytes).catch(() => undefined);
    await this.#file.close();
    return true;
  }

  async #write(offsetBytes: number, bytes: Uint8Array): Promise<void> {
    await this.#file.write(offsetBytes, bytes);
    const now = this.#clock.monotonicMs();
    if (now - this.#syncedMs < SYNC_MS) return;
    this.#syncedMs = now;
    await this.#file.sync();
  }
}

/** A name that every system takes, as recordings are passed on: a page says it, and devices' names are in it. */
function safeName(name: string): string {
  const shown = withoutHidden(name.normalize('NFC'))
    .replaceAll('/', '_')
    .replace(/^[. ]+/, '');
  return new LocalNames(WINDOWS_NAMES).pathOf(isVisible(shown) ? shown : 'Recording');
}
