import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { SinkNotes } from '../../../../backend/ports';
import type { ManifestEntry } from '../../../../shared/protocol/transfer';
import { writeError } from '../diskErrors';
import { errnoOf } from '../errnoOf';
import { numberedName } from '../../../../shared/transfer/manifest/freeName';
import { OwnFolder } from './OwnFolder';

const MAX_ATTEMPTS = 10_000;

export interface SinkFoldersOptions {
  /** Absolute path of the folder that the person chose. */
  dir: string;
  notes: SinkNotes | undefined;
  /** Names that an earlier run gave to top-level folders. */
  earlier: ReadonlyMap<string, string> | undefined;
}

/** The folders of a manifest on disk, made where they are needed first. */
export class SinkFolders {
  readonly #options: SinkFoldersOptions;
  /** By relative path in the manifest, parents first. */
  readonly #folders = new Map<string, Promise<OwnFolder>>();
  #root: Promise<OwnFolder> | null = null;

  constructor(options: SinkFoldersOptions) {
    this.#options = options;
  }

  /**
   * A folder of the manifest, made if it isn't there.
   * @param names its path in the manifest; empty for the chosen folder
   * @throws HitherError with what the disk says; it is tried again the next time
   */
  of(names: readonly string[]): Promise<OwnFolder> {
    if (names.length === 0) return this.#chosen();
    const key = names.join('/');
    const known = this.#folders.get(key);
    if (known) return known;
    const made = this.#make(names);
    this.#folders.set(key, made);
    made.catch(() => this.#folders.delete(key));
    return made;
  }

  /** A folder that is there already, or `null`. */
  async existing(names: readonly string[]): Promise<OwnFolder | null> {
    const { dir, earlier } = this.#options;
    const [root, ...rest] = names;
    try {
      const known = await this.#folders.get(names.join('/'));
      if (known) {
        await known.check();
        return known;
      }
      let folder = await OwnFolder.chosen(dir);
      if (root === undefined) return folder;
      const made = await this.#folders.get(root);
      const name = earlier?.get(root);
      if (!made && name === undefined) return null;
      folder = made ?? (await OwnFolder.below(folder, join(dir, name ?? '')));
      for (const each of rest) folder = await OwnFolder.below(folder, join(folder.path, each));
      return folder;
    } catch {
      return null;
    }
  }

  /** Every folder that this or an earlier run made for `entries`, deepest first. */
  async made(entries: readonly ManifestEntry[]): Promise<OwnFolder[]> {
    const keys = new Set<string>();
    for (const { kind, path } of entries) {
      const names = path.split('/');
      for (let depth = kind === 'folder' ? names.length : names.length - 1; depth > 0; depth--) {
        const key = names.slice(0, depth).join('/');
        if (keys.has(key)) break;
        keys.add(key);
      }
    }
    const deepestFirst = [...keys].map((key) => key.split('/')).sort((a, b) => b.length - a.length);
    const found: OwnFolder[] = [];
    for (const names of deepestFirst) {
      const folder = await this.existing(names);
      if (folder) found.push(folder);
    }
    return found;
  }

  #chosen(): Promise<OwnFolder> {
    if (this.#root) return this.#root;
    this.#root = OwnFolder.chosen(this.#options.dir);
    this.#root.catch(() => (this.#root = null));
    return this.#root;
  }

  async #make(names: readonly string[]): Promise<OwnFolder> {
    const parent = await this.of(names.slice(0, -1));
    await parent.check();
    const name = names.at(-1) ?? '';
    const path =
      names.length === 1 ? await this.#topFolder(parent, name) : await makeSubfolder(parent.path, name);
    return OwnFolder.below(parent, path);
  }

  async #topFolder(parent: OwnFolder, root: string): Promise<string> {
    const { notes, earlier } = this.#options;
    const known = earlier?.get(root);
    // Not by `existing`, which would wait for the very folder that is being made here.
    const isThere = known !== undefined && (await isFolderBelow(parent, join(parent.path, known)));
    if (isThere) return join(parent.path, known);
    for (let attempt = 0; ; attempt++) {
      const free = numberedName(root, attempt);
      try {
        await mkdir(join(parent.path, free));
        notes?.folder(root, free);
        return join(parent.path, free);
      } catch (error) {
        if (errnoOf(error) !== 'EEXIST' || attempt === MAX_ATTEMPTS) throw writeError(error, root);
      }
    }
  }
}

/** Inside a folder of ours: what is there already must be a real folder, which is looked at next, or somebody planted it. */
async function makeSubfolder(parent: string, name: string): Promise<string> {
  const path = join(parent, name);
  try {
    await mkdir(path);
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw writeError(error, name);
  }
  return path;
}

async function isFolderBelow(parent: OwnFolder, path: string): Promise<boolean> {
  return OwnFolder.below(parent, path).then(
    () => true,
    () => false,
  );
}
