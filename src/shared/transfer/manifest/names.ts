import { HitherError } from '../../errors';
import { isVisible, withoutHidden, withoutIgnorable } from '../../hiddenText';
import type { ManifestEntry } from '../../protocol/transfer';

/** Longest single name in bytes of UTF-8: NAME_MAX of ext4, APFS, NTFS (there: 255 UTF-16 units, which is no less). */
const MAX_NAME_BYTES = 255;
/** Deepest path accepted; real trees stay far below, and every level costs a system call per file. */
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

const LONE_SURROGATE = /\p{Surrogate}/u;
/** Windows opens devices by these names, whatever extension follows; superscript digits count as digits. */
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
  // Controls (terminals obey them), overrides, invisible characters; joiners stay where emoji and scripts need them.
  if (withoutHidden(name) !== name || !isVisible(name)) return 'control';
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

/** A name in the tree of a manifest, with what lies in it by folded name. */
interface Place {
  readonly name: string;
  readonly kind: 'file' | 'folder';
  isListed: boolean;
  readonly inside: Map<string, Place>;
}

/**
 * Checks a manifest piece by piece, as it arrives: every path by itself, and all against each other, because two names
 * that differ only by case or composition are one file on half of the world's disks.
 */
export class ManifestCheck {
  readonly #root = new Map<string, Place>();

  /**
   * The next entries, with canonical paths.
   * @throws HitherError `hostile-name` with the name and the fault; the whole manifest is then refused
   */
  add(entries: readonly ManifestEntry[]): ManifestEntry[] {
    return entries.map((entry) => {
      const path = canonicalPath(entry.path);
      const fault = pathFault(path) ?? placeFault(this.#root, path.split('/'), entry.kind);
      if (fault) throw hostileName(path, fault);
      return { ...entry, path };
    });
  }
}

/**
 * Checks a whole manifest at once.
 * @returns the manifest with canonical paths
 * @throws HitherError `hostile-name` with the name and the fault
 */
export function checkedManifest(entries: readonly ManifestEntry[]): ManifestEntry[] {
  return new ManifestCheck().add(entries);
}

/** Puts a path into the tree; says what it collides with, or `null`. */
function placeFault(
  root: Map<string, Place>,
  names: readonly string[],
  kind: Place['kind'],
): NameFault | null {
  let inside = root;
  for (const [depth, name] of names.entries()) {
    const isLeaf = depth === names.length - 1;
    const wanted = isLeaf ? kind : 'folder';
    const folded = foldedName(name);
    const known = inside.get(folded);
    if (known && known.kind !== wanted) return 'clash';
    if (known && (known.name !== name || (isLeaf && known.isListed))) return 'collision';
    const place = known ?? { name, kind: wanted, isListed: false, inside: new Map<string, Place>() };
    if (!known) inside.set(folded, place);
    place.isListed ||= isLeaf;
    inside = place.inside;
  }
  return null;
}

/**
 * What case-insensitive, normalising and ignoring file systems make of a name (HFS+ skips joiners), near enough to
 * refuse more rather than less.
 */
function foldedName(name: string): string {
  return withoutIgnorable(name.normalize('NFKC')).toUpperCase().toLowerCase().normalize('NFKC');
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
