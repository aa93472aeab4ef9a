import type { Failure } from '../errors';
import type { TransferMessage } from '../protocol/transfer';
import type { BlockId } from './packets';

/** Hashes some bytes: Node's crypto in a backend, WebCrypto in a page. */
export type Sha256 = (bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array> | Uint8Array;

/** Sends a transfer message to the peer; messages arrive in order, or the session ends. */
export type SendMessage = (message: TransferMessage) => void;

/**
 * Where a block's bytes are. `bytes`: in this process; `read` may put them into the memory it is given, which is large
 * enough. `page`: in the page's `File`, which a lane of that page reads by itself, so that the bytes never come here.
 */
export type BlockSource =
  | {
      kind: 'bytes';
      lengthBytes: number;
      read: (into?: Uint8Array<ArrayBuffer>) => Promise<Uint8Array<ArrayBuffer>>;
    }
  | PageSource;

/** A part of a page's `File`, which has `sizeBytes` in all. */
export interface PageSource {
  kind: 'page';
  sourceId: string;
  offsetBytes: number;
  lengthBytes: number;
  sizeBytes: number;
}

/** The files of an outgoing transfer. */
export interface SourcePort {
  /** The source of `lengthBytes` at `offsetBytes` of a file; `read` fails with `source-missing`, `-unreadable` or `-changed`. */
  block(fileIndex: number, offsetBytes: number, lengthBytes: number): BlockSource;
  /** Lets go of a file that has been sent, or of all when the transfer ends. */
  release(fileIndex: number): void;
  close(): void;
}

/**
 * Carries blocks of any transfer to the peer, with backpressure.
 */
export interface Lane {
  readonly laneId: string;
  readonly kind: 'data-channel' | 'lan';
  /** How many blocks it wants in hand at once: enough to cover its round trip. */
  readonly depth: number;
  /**
   * Sends one block; resolves with the block's SHA-256 when the lane has accepted it.
   * Rejects with `connection-lost` when the lane closes, and with the source's error when that can't be read.
   */
  sendBlock(id: BlockId, source: BlockSource): Promise<Uint8Array>;
}

/** One file on its way to disk. */
export interface SinkFile {
  /** Rejects with `disk-full` or `disk-error`. */
  write(offsetBytes: number, bytes: Uint8Array): Promise<void>;
  /** Flushes and closes; the file keeps its temporary name. */
  finish(): Promise<void>;
  /** Gives the file its final name, never one that is there already. After `finish`. */
  commit(): Promise<void>;
}

/** A short way for whole files of one block: each written and named in one step, many in a row. */
export interface WholeFiles {
  /** Whether this file may go so. */
  accepts(fileIndex: number): boolean;
  /**
   * Writes a file whose bytes have been verified, and gives it its name. Until it has that it may be as if nothing had been done.
   * Rejects as `SinkFile.write` and `commit`.
   */
  put(fileIndex: number, bytes: Uint8Array): Promise<void>;
}

/** The folder that an incoming transfer goes to. */
export interface SinkPort {
  /** Where there is a shorter way for small files. */
  readonly whole?: WholeFiles;
  /** Creates what must be there before any byte; rejects with `folder-missing`, `folder-read-only` or `disk-full`. */
  prepare(): Promise<void>;
  /** Opens a file of the manifest under a temporary name, making its folders. */
  open(fileIndex: number): Promise<SinkFile>;
  makeFolder(fileIndex: number): Promise<void>;
  /** Everything is in place: gives folders the times that the manifest has of them, as far as the disk takes them. Never fails. */
  dateFolders(): Promise<void>;
  /** Removes what is there of a file that will not be finished, or starts over. */
  drop(fileIndex: number): Promise<void>;
  /** Removes everything that is not complete. */
  abandon(): Promise<void>;
}

/** Where the receiver notes what is on disk, so that another run of the process can go on from there. Never fails. */
export interface ReceiveJournal {
  /** A block has been verified, and written; the only one of a file that goes to `WholeFiles` is about to be. */
  block(fileIndex: number, blockIndex: number, digest: Uint8Array): void;
  /** Resolves when what has been noted so far survives the end of this process. */
  written(): Promise<void>;
  /** An entry is done. */
  complete(fileIndex: number): void;
  changed(fileIndex: number, change: { sizeBytes: number; modifiedMs: number }): void;
  failed(fileIndex: number, failure: Failure): void;
  /** What was written of a file is void: it starts over. */
  dropped(fileIndex: number): void;
  close(): Promise<void>;
}

/** Where the sender notes what it has sent, so that another run need not read it again. Never fails. */
export interface SendingJournal {
  /** The receiver has accepted. */
  accepted(): void;
  /** A lane has accepted a block. */
  block(fileIndex: number, blockIndex: number, digest: Uint8Array): void;
}
