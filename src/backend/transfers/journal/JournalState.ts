import type { Failure } from '../../../shared/errors';
import type { FileChange } from '../../../shared/protocol/transfer';
import type { EarlierSink } from '../../ports';
import type { JournalRecord } from './journalRecords';

/** What a journal says, all its records taken together. */
export class JournalState {
  isAccepted = false;
  isHeld = false;
  readonly complete = new Set<number>();
  /** Digests of verified blocks, by file. */
  readonly blocks = new Map<number, (Uint8Array | undefined)[]>();
  readonly changed = new Map<number, FileChange>();
  readonly failed = new Map<number, Failure>();
  readonly #folders = new Map<string, string>();
  readonly #parts = new Map<number, string>();
  readonly #namings = new Map<number, string>();

  get sink(): EarlierSink {
    return { folders: this.#folders, parts: this.#parts, namings: this.#namings };
  }

  /** @param maxBlocks blocks in the longest file of the manifest: what is beyond was not written by us */
  apply(record: JournalRecord, maxBlocks: number): void {
    switch (record.type) {
      case 'block':
        if (record.block < maxBlocks) this.#digestsOf(record.file)[record.block] = record.digest;
        return;
      case 'complete':
        this.complete.add(record.file);
        this.blocks.delete(record.file);
        this.#parts.delete(record.file);
        return;
      case 'folder':
        this.#folders.set(record.root, record.name);
        return;
      case 'part':
        this.#parts.set(record.file, record.name);
        return;
      case 'naming':
        this.#namings.set(record.file, record.name);
        return;
      case 'changed':
        this.#change(record);
        return;
      case 'failed':
        this.failed.set(record.file, record.failure);
        return;
      case 'dropped':
        this.#drop(record.file);
        return;
      case 'held':
        this.isHeld = record.isHeld;
        return;
      case 'accepted':
        this.isAccepted = true;
    }
  }

  #change({ file, sizeBytes, modifiedMs }: FileChange): void {
    this.changed.set(file, { file, sizeBytes, modifiedMs });
    if (!this.complete.has(file)) this.#drop(file);
  }

  #drop(file: number): void {
    this.blocks.delete(file);
    this.#parts.delete(file);
    this.#namings.delete(file);
  }

  #digestsOf(file: number): (Uint8Array | undefined)[] {
    const known = this.blocks.get(file);
    if (known) return known;
    const digests: (Uint8Array | undefined)[] = [];
    this.blocks.set(file, digests);
    return digests;
  }
}
