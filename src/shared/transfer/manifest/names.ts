import { isVisible, withoutHidden } from '../../hiddenText';
import type { ManifestEntry } from '../../protocol/transfer';

/** Deepest path accepted; real trees stay far below, and every level costs a system call per file. */
const MAX_DEPTH = 64;
/** How much of an unsafe path is shown, in UTF-16 code units. */
const MAX_SHOWN = 512;

/** Why an entry is left out of an offer; the words are the page's. */
export type NameFault =
  'empty' | 'absolute' | 'parent' | 'encoding' | 'control' | 'too-deep' | 'collision' | 'clash';

const LONE_SURROGATE = /\p{Surrogate}/u;
/** Begins at a separator, of Windows too, or at a drive. */
const ABSOLUTE = /^([\\/]|[a-z]:([\\/]|$))/i;

/** What is wrong with one name of a path, or `null`. */
function nameFault(name: string): NameFault | null {
  if (name === '') return 'empty';
  if (name === '.' || name === '..') return 'parent';
  if (LONE_SURROGATE.test(name)) return 'encoding';
  // Controls (terminals obey them), overrides, invisible characters; joiners stay where emoji and scripts need them.
  const composed = name.normalize('NFC');
  if (withoutHidden(composed) !== composed || !isVisible(composed)) return 'control';
  return null;
}

/**
 * What makes a path unsafe on any disk, or `null`. What is merely impossible on some disk is no fault: the receiver gives it another
 * name (`LocalNames`).
 */
function pathFault(path: string): NameFault | null {
  if (ABSOLUTE.test(path)) return 'absolute';
  const names = path.split('/');
  if (names.length > MAX_DEPTH) return 'too-deep';
  for (const name of names) {
    // A separator of Windows in the middle of a name is replaced there; what climbs by it is meant to climb.
    const fault = nameFault(name) ?? (/(^|\\)\.\.(\\|$)/.test(name) ? 'parent' : null);
    if (fault) return fault;
  }
  return null;
}

/** A name in the tree of a manifest, with what lies in it. */
interface Place {
  readonly kind: 'file' | 'folder';
  isListed: boolean;
  readonly inside: Map<string, Place>;
}

/** Checks the entries of a manifest in order: each path by itself, and all against each other. */
export class ManifestCheck {
  readonly #root = new Map<string, Place>();

  /** Why an entry can't be taken, or `null`: then it is part of the tree that those after it are checked against. */
  faultOf({ path, kind }: Pick<ManifestEntry, 'path' | 'kind'>): NameFault | null {
    return pathFault(path) ?? placeFault(this.#root, path.split('/'), kind);
  }
}

/** Puts a path into the tree; says what it collides with, or `null`. */
function placeFault(
  root: Map<string, Place>,
  names: readonly string[],
  kind: Place['kind'],
): NameFault | null {
  const places: Place[] = [];
  let inside: Map<string, Place> | undefined = root;
  for (const [depth, name] of names.entries()) {
    const isLeaf = depth === names.length - 1;
    const known: Place | undefined = inside?.get(name);
    if (known && known.kind !== (isLeaf ? kind : 'folder')) return 'clash';
    if (known?.isListed === true && isLeaf) return 'collision';
    inside = known?.inside;
    if (known) places.push(known);
  }
  let parent = places.at(-1)?.inside ?? root;
  for (const [depth, name] of [...names.entries()].slice(places.length)) {
    const isLeaf = depth === names.length - 1;
    const place: Place = { kind: isLeaf ? kind : 'folder', isListed: isLeaf, inside: new Map() };
    parent.set(name, place);
    parent = place.inside;
  }
  const leaf = places[names.length - 1];
  if (leaf) leaf.isListed = true;
  return null;
}

/** A path that is left out, as a person may be shown it. */
export function shownPath(path: string): string {
  return withoutHidden(path).slice(0, MAX_SHOWN);
}

/** The folders of a manifest that something in it lies in, by file number: a person sees those in the paths of what they hold. */
export function impliedFolders(entries: readonly ManifestEntry[]): Set<number> {
  const numbers = new Map<string, number>();
  for (const [index, { kind, path }] of entries.entries()) if (kind === 'folder') numbers.set(path, index);
  const implied = new Set<number>();
  if (numbers.size === 0) return implied;
  for (const { path } of entries) {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      const index = numbers.get(path.slice(0, end));
      if (index === undefined) continue;
      // Its own folders have been seen with what was found in it before.
      if (implied.has(index)) break;
      implied.add(index);
    }
  }
  return implied;
}

/** What a transfer is shown by. */
export interface Roots {
  /** The first segments of its paths, in order, without repeats: so many as were asked for. */
  names: string[];
  /** How many of them there are. */
  count: number;
  /** There is one, and it is a folder. */
  isFolder: boolean;
}

/** The top of a manifest. @param limit most names */
export function rootsOf(entries: Iterable<ManifestEntry>, limit: number): Roots {
  const roots = new Set<string>();
  let hasFolder = false;
  for (const { kind, path } of entries) {
    const end = path.indexOf('/');
    hasFolder ||= kind === 'folder' || end >= 0;
    roots.add(end < 0 ? path : path.slice(0, end));
  }
  return { names: [...roots].slice(0, limit), count: roots.size, isFolder: roots.size === 1 && hasFolder };
}
