import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleProcess } from '../bundleProcess';

const ENTRY = join(import.meta.dirname, '../electron-stand-in/index.ts');

let bundle: Promise<string> | null = null;

/**
 * The stand-in as one JavaScript file, made once for this process and removed with it: an app that compiled it at its
 * start would take twice as long to load, and Electron's own half is no part of what a start of the app costs.
 * @returns its absolute path
 */
export function standInBundle(): Promise<string> {
  bundle ??= makeBundle();
  return bundle;
}

async function makeBundle(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'hither-stand-in-'));
  process.once('exit', () => rmSync(dir, { recursive: true, force: true }));
  return bundleProcess(ENTRY, dir);
}
