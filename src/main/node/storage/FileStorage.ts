import { type FileHandle, mkdir, open, readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Log, OpenedRecords, ProfileStorage } from '../../../backend/ports';
import { atomicWrite } from './atomicWrite';
import { Journal, readRecords } from './Journal';
import { keepAside } from './keepAside';

/** Documents that must be their owner's alone, whatever has been done to them: who reads the key is this device. */
const SECRETS: ReadonlySet<string> = new Set(['identity.json']);
/** Rights of others than the owner. */
const OTHERS = 0o077;

/** A profile as a folder that only its owner can look into: a file for each document and each log. */
export class FileStorage implements ProfileStorage {
  readonly #dir: string;
  readonly #log: Log;

  /** @param dir absolute path of the profile, which is there */
  constructor(dir: string, log: Log) {
    this.#dir = dir;
    this.#log = log;
  }

  async read(name: string): Promise<string | null> {
    const file = await open(this.#path(name), 'r').catch(nullIfMissing);
    if (file === null) return null;
    try {
      if (SECRETS.has(name)) await this.#mendMode(file, name);
      return await file.readFile('utf8');
    } finally {
      await file.close();
    }
  }

  async write(name: string, content: string): Promise<void> {
    await this.#makeFolderOf(name);
    await atomicWrite(this.#path(name), content);
  }

  async setAside(name: string): Promise<string> {
    return keepAside(this.#path(name));
  }

  async remove(name: string): Promise<void> {
    await rm(this.#path(name), { recursive: true, force: true });
  }

  async list(folder: string): Promise<string[]> {
    return (await readdir(this.#path(folder)).catch(nullIfMissing)) ?? [];
  }

  async readRecords(name: string): Promise<Uint8Array[]> {
    return (await this.#recordsOf(name)).records;
  }

  async openRecords(name: string): Promise<OpenedRecords> {
    await this.#makeFolderOf(name);
    const { records, validBytes } = await this.#recordsOf(name);
    return { records, log: await Journal.open(this.#path(name), validBytes, this.#log) };
  }

  async #recordsOf(name: string): Promise<ReturnType<typeof readRecords>> {
    const content = await readFile(this.#path(name)).catch(nullIfMissing);
    return readRecords(content ?? new Uint8Array());
  }

  /** Windows has no such bits. */
  async #mendMode(file: FileHandle, document: string): Promise<void> {
    const { mode } = await file.stat();
    if (process.platform === 'win32' || (mode & OTHERS) === 0) return;
    await file.chmod(0o600);
    const found = (mode & 0o777).toString(8);
    this.#log.warn('storage', { document, problem: 'others could read it', mode: found, to: '600' });
  }

  /** The profile's own folder is there. */
  async #makeFolderOf(name: string): Promise<void> {
    if (name.includes('/')) await mkdir(dirname(this.#path(name)), { recursive: true, mode: 0o700 });
  }

  #path(name: string): string {
    return join(this.#dir, name);
  }
}

function nullIfMissing(error: unknown): null {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
  throw error;
}
