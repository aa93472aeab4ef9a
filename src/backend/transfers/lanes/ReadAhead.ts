import { BLOCK_BYTES } from '../../../shared/transfer/blocks';
import type { PageSource } from '../../../shared/transfer/ports';
import type { Cancel, Clock } from '../../ports';

/** What is read of a large file at a time. */
const WINDOW_BYTES = 4 * BLOCK_BYTES;
/** Windows that may be held or on their way at a time, and so the most memory they need: 16 MiB. */
const MAX_WINDOWS = 4;
/** A window that nobody read from for so long is let go, in ms: a lane of the page may have carried the rest. */
const IDLE_MS = 5_000;

interface Window {
  startBytes: number;
  bytes: Promise<Uint8Array>;
  /** Where blocks begin that nobody has read yet. */
  left: Set<number>;
  /** Ends the wait for the next one who reads. */
  endIdle: Cancel;
}

/**
 * Reads a page's large files by windows of several blocks: what a read costs is mostly what the page's browser and this process say to
 * each other. (512 MB as posts of 1 MiB went at 74 to 104 MB/s, of 2 MiB at 116 to 132, of 4 MiB at 154 to 158, of 8 to 64 MiB at 125 to 176.)
 */
export class ReadAhead {
  readonly #clock: Clock;
  readonly #read: (source: PageSource) => Promise<Uint8Array>;
  readonly #windows = new Map<string, Window>();

  /** @param read reads as much as it is asked for; rejects with HitherError */
  constructor(clock: Clock, read: (source: PageSource) => Promise<Uint8Array>) {
    this.#clock = clock;
    this.#read = read;
  }

  /**
   * A block; valid as long as the caller holds it.
   * @throws HitherError as `read`
   */
  async block(source: PageSource): Promise<Uint8Array> {
    const { sourceId, offsetBytes, lengthBytes } = source;
    const key = `${sourceId} ${String(Math.floor(offsetBytes / WINDOW_BYTES))}`;
    const window = this.#windows.get(key) ?? this.#open(key, source);
    // One that is asked for a second time came damaged, or its lane died.
    if (window?.left.delete(offsetBytes) !== true) return this.#read(source);
    window.endIdle();
    window.endIdle = this.#afterIdle(key, window);
    const bytes = await window.bytes;
    // Not before: what is on its way counts as well.
    if (window.left.size === 0) this.#close(key, window);
    const at = offsetBytes - window.startBytes;
    return bytes.subarray(at, at + lengthBytes);
  }

  /** Lets go of everything; what is on its way still comes to those who wait for it. */
  clear(): void {
    for (const [key, window] of [...this.#windows]) this.#close(key, window);
  }

  /** From a block on: in a transfer that goes on, those before it are mostly there already. */
  #open(key: string, source: PageSource): Window | null {
    const { offsetBytes, sizeBytes } = source;
    if (this.#windows.size >= MAX_WINDOWS) return null;
    const endBytes = Math.min(sizeBytes, offsetBytes - (offsetBytes % WINDOW_BYTES) + WINDOW_BYTES);
    const lengthBytes = endBytes - offsetBytes;
    if (lengthBytes <= source.lengthBytes) return null;
    const left = new Set<number>();
    for (let at = offsetBytes; at < endBytes; at += BLOCK_BYTES) left.add(at);
    const bytes = this.#read({ ...source, lengthBytes });
    const window: Window = { startBytes: offsetBytes, bytes, left, endIdle: () => undefined };
    window.endIdle = this.#afterIdle(key, window);
    bytes.catch(() => this.#close(key, window));
    this.#windows.set(key, window);
    return window;
  }

  #afterIdle(key: string, window: Window): Cancel {
    return this.#clock.after(IDLE_MS, () => this.#close(key, window));
  }

  /** Another one may have come in its place. */
  #close(key: string, window: Window): void {
    window.endIdle();
    if (this.#windows.get(key) === window) this.#windows.delete(key);
  }
}
