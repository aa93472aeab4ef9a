import { fchmodSync, fstatSync, futimesSync, type Stats } from 'node:fs';
import { chmod, lutimes, stat, utimes } from 'node:fs/promises';
import { executableMode } from './fileRules';

/** Farthest time from 1970 that JavaScript has, in ms, before and after (ECMAScript, Time Values). Some disks hold more. */
const MAX_TIME_MS = 8.64e15;

/** When a file was last changed, in whole ms since 1970; before that it is negative. */
export function modifiedMsOf({ mtimeMs }: Pick<Stats, 'mtimeMs'>): number {
  return Math.min(MAX_TIME_MS, Math.max(-MAX_TIME_MS, Math.floor(mtimeMs)));
}

/** What a received file shall have besides its bytes. */
export interface Attributes {
  modifiedMs?: number | undefined;
  isExecutable?: boolean | undefined;
}

/**
 * Gives an open file its attributes. A disk that can't keep them (FAT and network shares refuse, others hold fewer years)
 * costs the attribute and not the file.
 */
export function giveAttributes(file: number, { modifiedMs, isExecutable = false }: Attributes): void {
  if (modifiedMs !== undefined) {
    // Node takes a negative number for "now", and a `Date` for what it is.
    const time = new Date(modifiedMs);
    quietly(() => futimesSync(file, time, time));
  }
  if (isExecutable) quietly(() => fchmodSync(file, executableMode(fstatSync(file).mode)));
}

/** The same for a file that is closed. */
export async function giveAttributesAt(
  path: string,
  { modifiedMs, isExecutable = false }: Attributes,
): Promise<void> {
  if (modifiedMs !== undefined) {
    const time = new Date(modifiedMs);
    await utimes(path, time, time).catch(() => undefined);
  }
  if (isExecutable)
    await stat(path)
      .then(({ mode }) => chmod(path, executableMode(mode)))
      .catch(() => undefined);
}

/** Gives a folder its time, as far as the disk takes it; a link in its place leads nowhere. */
export async function dateFolder(path: string, modifiedMs: number): Promise<void> {
  const time = new Date(modifiedMs);
  await lutimes(path, time, time).catch(() => undefined);
}

function quietly(act: () => void): void {
  try {
    act();
  } catch {
    // As it says above.
  }
}
