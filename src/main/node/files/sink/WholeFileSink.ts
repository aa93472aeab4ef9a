import { join } from 'node:path';
import { HitherError } from '../../../../shared/errors';
import type { SinkNotes } from '../../../../backend/ports';
import type { ManifestEntry } from '../../../../shared/protocol/transfer';
import type { WholeFiles } from '../../../../shared/transfer/ports';
import { SMALL_FILE_BYTES } from '../fileSteps';
import type { FileThread } from '../FileThread';
import { numberedName, partName } from '../../../../shared/transfer/manifest/freeName';
import { namesOf } from './namesOf';
import type { SinkFolders } from './SinkFolders';
import { SmallPart } from './SmallPart';

export interface WholeFileSinkOptions {
  entries: readonly ManifestEntry[];
  folders: SinkFolders;
  notes: SinkNotes | undefined;
  /** Without it, files are received as large ones are. */
  thread: FileThread | null;
  /** Whether an earlier run has begun this one and noted it as a file of its own. */
  isBegun: (fileIndex: number) => boolean;
  /** A file has got its name. */
  onPut: (fileIndex: number, path: string) => Promise<void>;
}

/**
 * Small files in folders that the transfer has made: what has their name there is theirs, so that the next run can tell them by
 * their digest alone, without a note of each name.
 */
export class WholeFileSink implements WholeFiles {
  readonly #options: WholeFileSinkOptions;
  readonly #putting = new Set<Promise<void>>();

  constructor(options: WholeFileSinkOptions) {
    this.#options = options;
  }

  accepts(fileIndex: number): boolean {
    const { thread, isBegun } = this.#options;
    return thread !== null && this.isOfItsKind(fileIndex) && !isBegun(fileIndex);
  }

  /** Whether a file is one of those that are taken, in a run that has a thread for them. */
  isOfItsKind(fileIndex: number): boolean {
    const { kind, path, sizeBytes } = this.#entry(fileIndex);
    return kind === 'file' && sizeBytes <= SMALL_FILE_BYTES && path.includes('/');
  }

  async put(fileIndex: number, bytes: Uint8Array): Promise<void> {
    const putting = this.#put(fileIndex, bytes);
    this.#putting.add(putting);
    try {
      await putting;
    } finally {
      this.#putting.delete(putting);
    }
  }

  /** Resolves when what has been begun is done, or has failed. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#putting);
  }

  /** Where an earlier run would have put a file, under its temporary and its own name; `null` where the folder is gone. */
  async earlierPaths(fileIndex: number): Promise<{ part: string; named: string } | null> {
    const names = namesOf(this.#entry(fileIndex));
    const folder = await this.#options.folders.existing(names.slice(0, -1));
    const name = names.at(-1) ?? '';
    return (
      folder && {
        part: join(folder.path, partName(name, 0)),
        named: join(folder.path, numberedName(name, 0)),
      }
    );
  }

  async #put(fileIndex: number, bytes: Uint8Array): Promise<void> {
    const { folders, notes, thread, onPut } = this.#options;
    const entry = this.#entry(fileIndex);
    const { modifiedMs, isExecutable } = entry;
    if (!thread) throw new HitherError('cancelled');
    const names = namesOf(entry);
    const folder = await folders.of(names.slice(0, -1));
    const part = new SmallPart({
      folder,
      name: names.at(-1) ?? '',
      modifiedMs,
      isExecutable,
      thread,
      onNaming: notes && ((name) => notes.naming(fileIndex, name)),
      onWritten: (name) => notes?.part(fileIndex, name),
    });
    await onPut(fileIndex, await part.put(bytes));
    notes?.wrote(bytes.length);
  }

  #entry(fileIndex: number): ManifestEntry {
    const entry = this.#options.entries[fileIndex];
    if (!entry) throw new HitherError('protocol-violation');
    return entry;
  }
}
