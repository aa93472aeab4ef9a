import { HitherError } from '../errors';
import type { ManifestEntry } from '../protocol/transfer';

/** Longest single name in bytes of UTF-8: NAME_MAX of ext4, APFS, NTFS (there: 255 UTF-16 units, which is no less). */
const MAX_NAME_BYTES = 255;
/** Deepest path taken; real trees stay far below, and every level costs a system call per file. */
const MAX_DEPTH = 64;

/** Why a received name is refused; the words are the page's. */
export type NameFault =
  | 'empty'
  | 'absolute'
  | 'parent'
  | 'encoding'
  | 'control'
  | 'colon'
  | 'trailing'
  | 'reserved'
  | 'too-long'
  | 'too-deep'
  | 'collision'
  | 'clash';

/**
 * Characters that no name may hold: controls (terminals obey them), bidi overrides and marks (they make `gpj.exe` read
 * as `exe.jpg`), invisible separators, and code points that are no characters. Joiners stay: emoji are built with them.
 */
const UNPRINTABLE =
  /[\p{Cc}\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\u{e0000}]/u;
const LONE_SURROGATE = /\p{Surrogate}/u;
/** Windows opens devices by these names, whatever extension follows; it takes superscript digits for digits. */
const RESERVED = /^(con|prn|aux|nul|clock\$|conin\$|conout\$|(com|lpt)[0-9\u00b9\u00b2\u00b3])\s*(\.|$)/i;

/** The form in which a received path is checked and written: `/` between names, composed characters (NFC). */
function canonicalPath(path: string): string {
  return path.replaceAll('\\', '/').normalize('NFC');
}

/** What is wrong with one name of a path, or `null`. */
function nameFault(name: string): NameFault | null {
  if (name === '') return 'empty';
  if (name === '.' || name === '..') return 'parent';
  if (LONE_SURROGATE.test(name)) return 'encoding';
  if (UNPRINTABLE.test(name)) return 'control';
  if (name.includes(':')) return 'colon';
  if (/[. ]$/.test(name)) return 'trailing';
  if (RESERVED.test(name)) return 'reserved';
  if (new TextEncoder().encode(name).length > MAX_NAME_BYTES) return 'too-long';
  return null;
}

/** What is wrong with a canonical path by itself, or `null`. */
function pathFault(path: string): NameFault | null {
  if (path.startsWith('/')) return 'absolute';
  const names = path.split('/');
  if (names.length > MAX_DEPTH) return 'too-deep';
  for (const name of names) {
    const fault = nameFault(name);
    if (fault) return fault;
  }
  return null;
}

/**
 * Checks a whole manifest as one: every path by itself, and all against each other, because two names that differ only
 * by case or composition are one file on half of the world's disks.
 * @returns the manifest with canonical paths
 * @throws HitherError `hostile-name` with the name and the fault
 */
export function checkedManifest(entries: readonly ManifestEntry[]): ManifestEntry[] {
  const seen = new Map<string, { spelling: string; kind: 'file' | 'folder'; isListed: boolean }>();
  return entries.map((entry) => {
    const path = canonicalPath(entry.path);
    const fault = pathFault(path);
    if (fault) throw hostileName(path, fault);
    const names = path.split('/');
    for (let depth = 1; depth <= names.length; depth++) {
      const isLeaf = depth === names.length;
      const spelling = names.slice(0, depth).join('/');
      const kind = isLeaf ? entry.kind : 'folder';
      const known = seen.get(foldedPath(spelling));
      if (!known) {
        seen.set(foldedPath(spelling), { spelling, kind, isListed: isLeaf });
        continue;
      }
      if (known.kind !== kind) throw hostileName(path, 'clash');
      if (known.spelling !== spelling || (isLeaf && known.isListed)) throw hostileName(path, 'collision');
      known.isListed ||= isLeaf;
    }
    return { ...entry, path };
  });
}

/** What case-insensitive and normalising file systems make of a path, near enough to refuse more rather than less. */
function foldedPath(path: string): string {
  return path.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');
}

function hostileName(name: string, reason: NameFault): HitherError {
  return new HitherError('hostile-name', { name: name.slice(0, 512), reason });
}

/** The names that a transfer is shown by: the first segments of its paths, in order, without repeats. */
export function rootNames(entries: readonly ManifestEntry[], limit: number): string[] {
  const roots = new Set<string>();
  for (const entry of entries) {
    roots.add(entry.path.split('/', 1)[0] ?? entry.path);
    if (roots.size === limit) break;
  }
  return [...roots];
}
