import { mkdir, mkdtemp, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errnoOf } from './errnoOf';
import { MAX_NAME_BYTES } from '../../../shared/transfer/manifest/freeName';
import { type NameRules, WINDOWS_NAMES } from '../../../shared/transfer/manifest/LocalNames';

/** What some disk or other does not take. */
const CHARACTERS = Array.from(WINDOWS_NAMES.forbidden);
/** Refusals that have nothing to do with a name: nothing is known then, and it must not be remembered. */
const NOT_THE_NAME: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EMFILE', 'ENFILE', 'EIO', 'EROFS']);
/** Longest names of file systems that take fewer than 255 bytes: eCryptfs 143, some network shares 64. */
const SHORTER_LIMITS = [143, 64];

/** Makes an empty file. */
type MakeFile = (path: string) => Promise<void>;

/** By device and folder, as rules are those of a mounted file system. */
const known = new Map<string, Promise<NameRules>>();
/** Folders that are remembered; a person uses a handful. */
const MAX_KNOWN = 64;

/**
 * What the disk under a folder takes as names, found by making files there for a moment: the same system has disks that take
 * nearly anything and disks that take what Windows does.
 * @param dir absolute path of a folder that can be written to
 * @throws Error of the file system where nothing can be made there at all
 */
export async function nameRulesOf(
  dir: string,
  platform = process.platform,
  make: MakeFile = makeFile,
): Promise<NameRules> {
  const { dev, ino } = await stat(dir);
  const key = `${String(dev)}:${String(ino)}:${dir}`;
  const before = known.get(key);
  if (before) return before;
  const found = probe(dir, platform, make);
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(key, found);
  found.catch(() => known.delete(key));
  return found;
}

async function probe(dir: string, platform: NodeJS.Platform, make: MakeFile): Promise<NameRules> {
  const place = await mkdtemp(join(dir, '.hither-'));
  try {
    const takes = (name: string): Promise<boolean> => isTaken(place, name, make);
    const forbidden: string[] = [];
    for (const character of CHARACTERS) if (!(await takes(`a${character}b`))) forbidden.push(character);
    const rules: NameRules = {
      forbidden: forbidden.join(''),
      takesTrailing: (await takes('dot.')) && (await takes('space ')),
      takesDevices: await takes('aux.txt'),
      isCaseSensitive: await isCaseSensitive(place),
      maxBytes: await longestName(takes),
    };
    // There a colon makes a stream of another file and a backslash a folder, which no list of files shows.
    return platform === 'win32' ? WINDOWS_NAMES : rules;
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

/** Whether a file of this name is there after it was made, and under no other name. */
async function isTaken(place: string, name: string, make: MakeFile): Promise<boolean> {
  const box = await mkdtemp(join(place, 'n'));
  try {
    await make(join(box, name));
    const names = await readdir(box);
    return names.length === 1 && names[0] === name;
  } catch (error) {
    if (NOT_THE_NAME.has(errnoOf(error))) throw error;
    return false;
  }
}

async function makeFile(path: string): Promise<void> {
  await (await open(path, 'wx')).close();
}

async function isCaseSensitive(place: string): Promise<boolean> {
  await mkdir(join(place, 'case'));
  return stat(join(place, 'CASE')).then(
    () => false,
    () => true,
  );
}

async function longestName(takes: (name: string) => Promise<boolean>): Promise<number> {
  for (const limit of [MAX_NAME_BYTES, ...SHORTER_LIMITS]) if (await takes('n'.repeat(limit))) return limit;
  return SHORTER_LIMITS.at(-1) ?? MAX_NAME_BYTES;
}
