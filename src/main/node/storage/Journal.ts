import { type FileHandle, open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import type { Log, RecordLog } from '../../../backend/ports';

/** Length of the record's content and its CRC-32, both 32 bits, big-endian. */
const FRAME_BYTES = 8;
/** Largest record; ours have some hundred bytes. What claims to be longer is a torn tail. */
const MAX_RECORD_BYTES = 64 * 1024;

/**
 * So long records wait for others, in ms, where nobody waits for them: a write of its own for each costs more than their bytes. A kill
 * costs what was noted in this time, some blocks of a fast lane.
 */
const TOGETHER_MS = 10;

/**
 * The records of a journal, in order, as far as they are whole: a crash in mid-write leaves a torn one at the end, which
 * is ignored together with what follows.
 * @returns the records and how many bytes they take
 */
export function readRecords(content: Uint8Array): { records: Uint8Array[]; validBytes: number } {
  const records: Uint8Array[] = [];
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  let offset = 0;
  while (offset + FRAME_BYTES <= content.length) {
    const length = view.getUint32(offset);
    const end = offset + FRAME_BYTES + length;
    if (length === 0 || length > MAX_RECORD_BYTES || end > content.length) break;
    const record = content.subarray(offset + FRAME_BYTES, end);
    if (crc32(record) !== view.getUint32(offset + 4)) break;
    records.push(record);
    offset = end;
  }
  return { records, validBytes: offset };
}

/**
 * A file that only grows, by records with a checksum. A record is with the system, and so survives the death of the
 * process, when `written` resolves; `sync` makes it survive a power cut. A journal that can't be written is given up
 * with a warning: it costs what a restart has to send again, and no transfer should fail for that.
 */
export class Journal implements RecordLog {
  readonly #file: FileHandle;
  readonly #log: Log;
  #pending: Uint8Array[] = [];
  /** The write that has begun last, or is to begin after it; all that is pending then goes with it. */
  #lastWrite: Promise<void> = Promise.resolve();
  #hasNextWrite = false;
  #endPause: () => void = () => undefined;
  #isBroken = false;

  private constructor(file: FileHandle, log: Log) {
    this.#file = file;
    this.#log = log;
  }

  /**
   * Opens a journal to add to it, without what follows its last whole record.
   * @throws Error of the file system
   */
  static async open(path: string, validBytes: number, log: Log): Promise<Journal> {
    const file = await open(path, 'a', 0o600);
    try {
      await file.truncate(validBytes);
    } catch (error) {
      await file.close();
      throw error;
    }
    return new Journal(file, log);
  }

  /** Adds a record; those of one moment are written together. */
  append(record: Uint8Array): void {
    if (this.#isBroken) return;
    const framed = new Uint8Array(FRAME_BYTES + record.length);
    const view = new DataView(framed.buffer);
    view.setUint32(0, record.length);
    view.setUint32(4, crc32(record));
    framed.set(record, FRAME_BYTES);
    this.#pending.push(framed);
    if (this.#hasNextWrite) return;
    this.#hasNextWrite = true;
    this.#lastWrite = this.#writeAfter(this.#lastWrite);
  }

  /** Resolves when every record so far is with the system. */
  async written(): Promise<void> {
    this.#endPause();
    await this.#lastWrite;
  }

  async sync(): Promise<void> {
    await this.written();
    if (!this.#isBroken) await this.#file.datasync().catch((error: unknown) => this.#giveUp(error));
  }

  /** Writes what is left and closes. */
  async close(): Promise<void> {
    await this.sync();
    this.#isBroken = true;
    await this.#file.close().catch(() => undefined);
  }

  /** What is added until the one before is done goes along; who waits for it waits for no later one. */
  async #writeAfter(before: Promise<void>): Promise<void> {
    await Promise.all([before, this.#pause()]);
    this.#hasNextWrite = false;
    const bytes = Buffer.concat(this.#pending.splice(0));
    try {
      let written = 0;
      while (written < bytes.length) written += (await this.#file.write(bytes, written)).bytesWritten;
    } catch (error) {
      this.#giveUp(error);
    }
  }

  /** Until somebody waits for what is pending, or until it has waited long enough. */
  async #pause(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#endPause = resolve;
      timer = setTimeout(resolve, TOGETHER_MS);
    });
    clearTimeout(timer);
  }

  #giveUp(error: unknown): void {
    if (this.#isBroken) return;
    this.#isBroken = true;
    this.#pending = [];
    this.#log.warn('journal', { to: 'given up', error });
  }
}
