import { MAX_RECORDING_WRITE_BYTES } from '../../../../shared/contract/recordings';
import { HitherError } from '../../../../shared/errors';
import { withDurationRoom } from './webmDuration';

/** Most bytes that wait for the disk: at the rate of a recording a disk may stand still for two minutes. */
const MAX_WAITING_BYTES = 48 * 1024 * 1024;

export interface ChunkWriterOptions {
  /** Appends to the file; resolves when the system has the bytes. */
  write: (offsetBytes: number, bytes: Uint8Array<ArrayBuffer>) => Promise<unknown>;
  /** Nothing more is written: the disk said no, or (`disk-slow`) does not keep up. Called once. */
  onFailure: (error: unknown) => void;
}

/** Hands what is recorded to the backend, one piece after the other, each once the one before is on the disk. */
export class ChunkWriter {
  readonly #options: ChunkWriterOptions;
  readonly #chunks: Blob[] = [];
  #waitingBytes = 0;
  #offsetBytes = 0;
  #roomAt: number | null = null;
  #writing: Promise<void> | null = null;
  /** Nothing new is kept; what waits is still written, unless the disk is what failed. */
  #isFull = false;
  #hasFailed = false;

  constructor(options: ChunkWriterOptions) {
    this.#options = options;
  }

  /** Where the file has room for its duration; `null` where it has none. */
  get roomAt(): number | null {
    return this.#roomAt;
  }

  add(chunk: Blob): void {
    if (this.#isFull || this.#hasFailed || chunk.size === 0) return;
    if (this.#waitingBytes + chunk.size > MAX_WAITING_BYTES) {
      this.#isFull = true;
      this.#options.onFailure(new HitherError('disk-slow'));
      return;
    }
    this.#waitingBytes += chunk.size;
    this.#chunks.push(chunk);
    this.#writing ??= this.#run();
  }

  /** Resolves when everything so far is written, or can't be. Never rejects. */
  async drained(): Promise<void> {
    await this.#writing;
  }

  /** Writes nothing more. */
  drop(): void {
    this.#hasFailed = true;
    this.#chunks.length = 0;
  }

  async #run(): Promise<void> {
    try {
      for (let chunk = this.#chunks.shift(); chunk; chunk = this.#chunks.shift()) {
        await this.#write(new Uint8Array(await chunk.arrayBuffer()));
        this.#waitingBytes -= chunk.size;
      }
    } catch (error) {
      const isNews = !this.#hasFailed && !this.#isFull;
      this.drop();
      if (isNews) this.#options.onFailure(error);
    } finally {
      this.#writing = null;
    }
  }

  async #write(chunk: Uint8Array<ArrayBuffer>): Promise<void> {
    let bytes: Uint8Array = chunk;
    if (this.#offsetBytes === 0) ({ bytes, roomAt: this.#roomAt } = withDurationRoom(chunk));
    for (let at = 0; at < bytes.length && !this.#hasFailed; at += MAX_RECORDING_WRITE_BYTES) {
      const piece = bytes.slice(at, at + MAX_RECORDING_WRITE_BYTES);
      await this.#options.write(this.#offsetBytes, piece);
      this.#offsetBytes += piece.length;
    }
  }
}
