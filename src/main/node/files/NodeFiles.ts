import { isAbsolute } from 'node:path';
import type {
  CheckedSources,
  EarlierSink,
  EntryOrigin,
  FileAccess,
  FolderCheck,
  GrowingFile,
  SinkNotes,
  TransferSink,
  TransferSources,
  WalkedPath,
} from '../../../backend/ports';
import type { ManifestEntry } from '../../../shared/protocol/transfer';
import type { NameRules } from '../../../shared/transfer/manifest/LocalNames';
import { checkFolder } from './checkFolder';
import { checkSources } from './checkSources';
import type { FileThread } from './FileThread';
import { writeError } from './diskErrors';
import { NewFile } from './NewFile';
import { nameRulesOf } from './probeNames';
import { readWhole } from './readWhole';
import { FolderSink } from './sink/FolderSink';
import { SourceFiles } from './SourceFiles';
import { walk } from './walk';

/** This machine's files. */
export class NodeFiles implements FileAccess {
  readonly #thread: FileThread | null;

  /** @param thread reads and writes small files; without it they are handled as large ones are, which is slower */
  constructor(thread: FileThread | null) {
    this.#thread = thread;
  }

  isAbsolute(path: string): boolean {
    return isAbsolute(path);
  }

  walk(path: string, name: string): Promise<WalkedPath> {
    return walk(path, name);
  }

  checkSources(
    entries: readonly ManifestEntry[],
    paths: readonly (string | null)[],
  ): Promise<CheckedSources> {
    return checkSources(entries, paths);
  }

  openSources(entries: readonly ManifestEntry[], origins: readonly EntryOrigin[]): TransferSources {
    return new SourceFiles(entries, origins, this.#thread);
  }

  checkFolder(dir: string): Promise<FolderCheck> {
    return checkFolder(dir);
  }

  readWhole(path: string, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
    return readWhole(path, maxBytes);
  }

  async nameRules(dir: string): Promise<NameRules> {
    try {
      return await nameRulesOf(dir);
    } catch (error) {
      throw writeError(error, dir);
    }
  }

  createFile(dir: string, name: string): Promise<GrowingFile> {
    return NewFile.create(dir, name);
  }

  openSink(
    dir: string,
    entries: readonly ManifestEntry[],
    { notes, earlier }: { notes: SinkNotes; earlier?: EarlierSink },
  ): TransferSink {
    return new FolderSink(dir, entries, { notes, ...(earlier && { earlier }), thread: this.#thread });
  }

  /** Ends the thread; what was under way in it is rejected. */
  async close(): Promise<void> {
    await this.#thread?.close();
  }
}
