import { lstat, mkdir, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { HitherError } from '../../shared/errors';
import type { ManifestEntry } from '../../shared/protocol/transfer';
import { totalBytesOf } from '../../shared/transfer/offer';
import type { SinkFile, SinkPort } from '../../shared/transfer/ports';
import { checkFolder } from './checkFolder';
import { errnoOf, writeError } from './diskErrors';
import { localName, numberedName } from './freeName';
import { PartFile } from './PartFile';

const MAX_ATTEMPTS = 10_000;

/**
 * Receives a manifest into a folder. A top-level folder of the manifest is always a new one (`photos (1)` where
 * `photos` is taken), so nothing that is there already is merged with, written through or replaced.
 */
export class FolderSink implements SinkPort {
  readonly #dir: string;
  readonly #entries: readonly ManifestEntry[];
  readonly #platform: NodeJS.Platform;
  /** Folders made by this sink: relative path in the manifest → path on disk, parents first. */
  readonly #folders = new Map<string, Promise<string>>();
  readonly #parts = new Map<number, PartFile>();
  #isAbandoned = false;
  #firstPath: string | null = null;

  /**
   * @param dir absolute path of the folder to receive into
   * @param entries the manifest, names checked
   */
  constructor(dir: string, entries: readonly ManifestEntry[], platform: NodeJS.Platform = process.platform) {
    this.#dir = dir;
    this.#entries = entries;
    this.#platform = platform;
  }

  /** What to show in the file manager: the first thing received, or the folder. */
  get revealPath(): string {
    return this.#firstPath ?? this.#dir;
  }

  async prepare(): Promise<void> {
    const { freeBytes } = await checkFolder(this.#dir);
    const neededBytes = totalBytesOf(this.#entries);
    if (neededBytes > freeBytes)
      throw new HitherError('disk-full', { name: this.#dir, neededBytes, freeBytes });
  }

  async open(fileIndex: number): Promise<SinkFile> {
    const entry = this.#entry(fileIndex);
    const names = entry.path.split('/');
    const name = localName(names.at(-1) ?? '', this.#platform);
    const folder = await this.#folder(names.slice(0, -1));
    const part = await PartFile.create(folder, name, entry.modifiedMs);
    this.#parts.set(fileIndex, part);
    if (this.#isAbandoned) await part.discard();
    return {
      write: (offsetBytes, bytes) => part.write(offsetBytes, bytes),
      finish: () => part.finish(),
      commit: async () => {
        await part.commit();
        this.#parts.delete(fileIndex);
        this.#firstPath ??= names.length > 1 ? await this.#folder(names.slice(0, 1)) : part.finalPath;
      },
    };
  }

  async makeFolder(fileIndex: number): Promise<void> {
    const names = this.#entry(fileIndex).path.split('/');
    const path = await this.#folder(names);
    this.#firstPath ??= names.length > 1 ? await this.#folder(names.slice(0, 1)) : path;
  }

  async abandon(): Promise<void> {
    this.#isAbandoned = true;
    for (const part of this.#parts.values()) await part.discard();
    this.#parts.clear();
    // Deepest first; a folder that holds something complete is not empty and stays.
    for (const folder of [...this.#folders.values()].reverse())
      await folder.then(rmdir).catch(() => undefined);
  }

  #entry(fileIndex: number): ManifestEntry {
    const entry = this.#entries[fileIndex];
    if (!entry) throw new HitherError('protocol-violation');
    return entry;
  }

  #folder(names: readonly string[]): Promise<string> {
    if (names.length === 0) return Promise.resolve(this.#dir);
    const key = names.join('/');
    const known = this.#folders.get(key);
    if (known) return known;
    const parent = this.#folder(names.slice(0, -1));
    const name = localName(names.at(-1) ?? '', this.#platform);
    const made = parent.then((path) =>
      names.length === 1 ? makeNewFolder(path, name) : makeSubfolder(path, name),
    );
    this.#folders.set(key, made);
    return made;
  }
}

async function makeNewFolder(parent: string, name: string): Promise<string> {
  for (let attempt = 0; ; attempt++) {
    const path = join(parent, numberedName(name, attempt));
    try {
      await mkdir(path);
      return path;
    } catch (error) {
      if (errnoOf(error) !== 'EEXIST' || attempt === MAX_ATTEMPTS) throw writeError(error, name);
    }
  }
}

/** Inside a folder of ours: what is there already must be a real folder, or somebody planted it. */
async function makeSubfolder(parent: string, name: string): Promise<string> {
  const path = join(parent, name);
  try {
    await mkdir(path);
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST' || !(await lstat(path)).isDirectory()) throw writeError(error, name);
  }
  return path;
}
