import { rmdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { HitherError } from '../../../../shared/errors';
import type { ManifestEntry } from '../../../../shared/protocol/transfer';
import { totalBytesOf } from '../../../../shared/transfer/manifest/offer';
import type { SinkFile } from '../../../../shared/transfer/ports';
import type { RecoveredProgress } from '../../../../shared/transfer/receiving/ReceiveProgress';
import type { ClaimedFiles, Digest, EarlierSink, SinkNotes, TransferSink } from '../../../../backend/ports';
import { checkFolder } from '../checkFolder';
import { dateFolder } from '../times';
import { namesOf } from './namesOf';
import type { OwnFolder } from './OwnFolder';
import type { Part } from './Part';
import { PartFile } from './PartFile';
import type { FileThread } from '../FileThread';
import { SmallPart } from './SmallPart';
import { recoverParts, removeUnnamed } from './recoverParts';
import { SinkFolders } from './SinkFolders';
import { WholeFileSink } from './WholeFileSink';

export interface FolderSinkOptions {
  notes?: SinkNotes;
  /** What an earlier run of this process noted. */
  earlier?: EarlierSink;
  /** Writes small files; without it they are written as large ones are. */
  thread?: FileThread | null;
}

/**
 * Receives a manifest into a folder. A top-level folder of the manifest is always a new one (`photos (1)` where
 * `photos` is taken), so nothing that is there already is merged with, written through or replaced.
 */
export class FolderSink implements TransferSink {
  readonly whole: WholeFileSink;
  readonly #dir: string;
  readonly #entries: readonly ManifestEntry[];
  readonly #notes: SinkNotes | undefined;
  readonly #folders: SinkFolders;
  readonly #thread: FileThread | null;
  readonly #earlier: EarlierSink | undefined;
  readonly #parts = new Map<number, { part: Part; folder: OwnFolder }>();
  /** Temporary files of an earlier run that have not been opened in this one. */
  readonly #earlierParts: Map<number, string>;
  #isAbandoned = false;
  #firstPath: string | null = null;

  /**
   * @param dir absolute path of the folder to receive into
   * @param entries the manifest, with the paths that its entries get on this disk
   */
  constructor(dir: string, entries: readonly ManifestEntry[], options: FolderSinkOptions = {}) {
    const { notes, earlier, thread = null } = options;
    this.#dir = dir;
    this.#entries = entries;
    this.#notes = notes;
    this.#thread = thread;
    this.#folders = new SinkFolders({ dir, notes, earlier: earlier?.folders });
    this.#earlier = earlier;
    this.#earlierParts = new Map(earlier?.parts);
    this.whole = new WholeFileSink({
      entries,
      folders: this.#folders,
      notes,
      thread,
      isBegun: (fileIndex) => this.#earlierParts.has(fileIndex),
      onPut: (fileIndex, path) => this.#isThere(fileIndex, path),
    });
  }

  get revealPath(): string {
    return this.#firstPath ?? this.#dir;
  }

  async prepare(): Promise<void> {
    const { freeBytes, maxFileBytes } = await checkFolder(this.#dir);
    const neededBytes = totalBytesOf(this.#entries);
    const tooLarge = this.#entries.find(({ sizeBytes }) => sizeBytes > maxFileBytes);
    if (tooLarge) throw new HitherError('file-too-large', { name: tooLarge.path });
    if (neededBytes > freeBytes)
      throw new HitherError('disk-full', { name: this.#dir, neededBytes, freeBytes });
  }

  async open(fileIndex: number): Promise<SinkFile> {
    const names = this.#names(fileIndex);
    const folder = await this.#folders.of(names.slice(0, -1));
    const part = await this.#openPart(fileIndex, folder, names);
    this.#parts.set(fileIndex, { part, folder });
    if (this.#isAbandoned) await part.discard();
    // Looked at again: what was made in between would otherwise be written elsewhere.
    if (part instanceof PartFile) await folder.check();
    return {
      write: async (offsetBytes, bytes) => {
        await part.write(offsetBytes, bytes);
        if (this.#isAbandoned) await discard({ part, folder });
        this.#notes?.wrote(bytes.length);
      },
      finish: () => part.finish(),
      commit: async () => {
        await part.commit();
        this.#parts.delete(fileIndex);
        await this.#isThere(fileIndex, part.finalPath);
      },
    };
  }

  async makeFolder(fileIndex: number): Promise<void> {
    const { path } = await this.#folders.of(this.#names(fileIndex));
    await this.#isThere(fileIndex, path);
  }

  async dateFolders(): Promise<void> {
    const dated = this.#entries.flatMap(({ kind, path, modifiedMs }) =>
      kind === 'folder' && modifiedMs !== undefined ? [{ names: path.split('/'), modifiedMs }] : [],
    );
    // What is made in a folder changes its time.
    for (const { names, modifiedMs } of dated.sort((a, b) => b.names.length - a.names.length)) {
      const folder = await this.#folders.existing(names);
      if (folder) await dateFolder(folder.path, modifiedMs);
    }
  }

  async drop(fileIndex: number): Promise<void> {
    const open = this.#parts.get(fileIndex);
    this.#parts.delete(fileIndex);
    if (open) await discard(open);
    else await this.#discardEarlier(fileIndex);
  }

  async sync(): Promise<void> {
    await Promise.allSettled([...this.#parts.values()].map(({ part }) => part.sync()));
  }

  async recover(claimed: ClaimedFiles, digest: Digest): Promise<RecoveredProgress> {
    return recoverParts(this, this.#dir, this.#entries, claimed, digest);
  }

  async abandon(): Promise<void> {
    this.#isAbandoned = true;
    await this.whole.settled();
    for (const open of this.#parts.values()) await discard(open);
    this.#parts.clear();
    for (const fileIndex of [...this.#earlierParts.keys()]) await this.#discardEarlier(fileIndex);
    if (this.#earlier) await removeUnnamed(this, this.#entries);
    // Deepest first; a folder that holds something complete is not empty and stays.
    for (const made of await this.#folders.made(this.#entries)) {
      await made
        .check()
        .then(() => rmdir(made.path))
        .catch(() => undefined);
    }
  }

  /** Where the temporary and the final file of an earlier run would be; `null` where their folder is gone. */
  async earlierFolder(fileIndex: number): Promise<string | null> {
    const folder = await this.#folders.existing(this.#names(fileIndex).slice(0, -1));
    return folder?.path ?? null;
  }

  async #openPart(fileIndex: number, folder: OwnFolder, names: readonly string[]): Promise<Part> {
    const { modifiedMs, isExecutable } = this.#entry(fileIndex);
    const notes = this.#notes;
    const onCreating = notes && ((name: string) => notes.part(fileIndex, name));
    const onNaming = notes && ((name: string) => notes.naming(fileIndex, name));
    const options = { folder, name: names.at(-1) ?? '', modifiedMs, isExecutable, onCreating, onNaming };
    const earlier = this.#earlierParts.get(fileIndex);
    // A temporary file of a small one is found by its name after a kill, in the transfer's own folders, without a note.
    if (this.#thread && this.whole.accepts(fileIndex)) {
      const onWritten = (partName: string): unknown => notes?.part(fileIndex, partName);
      return new SmallPart({ ...options, thread: this.#thread, onWritten });
    }
    await folder.check();
    this.#earlierParts.delete(fileIndex);
    const reopened = earlier === undefined ? null : await PartFile.reopen(options, earlier);
    if (reopened) return reopened;
    return PartFile.create(options);
  }

  /** An entry has its name. */
  async #isThere(fileIndex: number, path: string | null): Promise<void> {
    if (this.#firstPath !== null) return;
    const [root, ...below] = this.#names(fileIndex);
    this.#firstPath = below.length > 0 ? (await this.#folders.of([root ?? ''])).path : path;
  }

  async #discardEarlier(fileIndex: number): Promise<void> {
    const name = this.#earlierParts.get(fileIndex);
    this.#earlierParts.delete(fileIndex);
    const folder = name === undefined ? null : await this.earlierFolder(fileIndex);
    if (name !== undefined && folder !== null) await unlink(join(folder, name)).catch(() => undefined);
  }

  #names(fileIndex: number): string[] {
    return namesOf(this.#entry(fileIndex));
  }

  #entry(fileIndex: number): ManifestEntry {
    const entry = this.#entries[fileIndex];
    if (!entry) throw new HitherError('protocol-violation');
    return entry;
  }
}

/** Where a link took the folder's place, what has the part's name there is not ours. */
async function discard({ part, folder }: { part: Part; folder: OwnFolder }): Promise<void> {
  await folder.check().then(
    () => part.discard(),
    () => part.finish().catch(() => undefined),
  );
}
