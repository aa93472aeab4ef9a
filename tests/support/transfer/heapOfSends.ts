import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterwards } from '../lan/opened';
import type { HeapOfSends } from './sendsProcess';

const ENTRY = join(import.meta.dirname, 'sendsProcess.ts');

/**
 * Sends a folder again and again between two backends in a process of their own.
 * @param files empty files in it
 * @param rounds how often it is sent with people who clear their lists, and then with people who don't
 */
export async function heapOfSends(files: number, rounds: number): Promise<HeapOfSends> {
  const root = await mkdtemp(join(tmpdir(), 'hither-sends-'));
  afterwards(() => rm(root, { recursive: true, force: true }));
  for (const name of ['source', 'a', 'b', 'downloads']) await mkdir(join(root, name));
  for (let file = 0; file < files; file++) await writeFile(join(root, 'source', `file ${file}.txt`), '');
  const args = ['--expose-gc', '--import', 'tsx', ENTRY, root, String(rounds)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout) as HeapOfSends;
}

/** How far the heap grew after the second time; the first two fill what is filled once. */
export function grownMb(heapMb: readonly number[]): number {
  return (heapMb.at(-1) ?? 0) - (heapMb[1] ?? 0);
}
