import { withoutIgnorable } from '../../hiddenText';
import { MAX_NAME_BYTES, numberedName } from './freeName';

/** What the disk under a folder takes as names, as found by trying. */
export interface NameRules {
  /** Characters that it takes in no name. */
  forbidden: string;
  /** Names may end in a dot or a space. */
  takesTrailing: boolean;
  /** Names may be those that Windows opens devices by. */
  takesDevices: boolean;
  /** `Makefile` and `makefile` are two files. */
  isCaseSensitive: boolean;
  /** Longest name, in bytes of UTF-8. */
  maxBytes: number;
}

/** What Windows takes, and with it most disks that are shared with others. */
export const WINDOWS_NAMES: NameRules = {
  forbidden: '<>:"|?*\\',
  takesTrailing: false,
  takesDevices: false,
  isCaseSensitive: false,
  maxBytes: MAX_NAME_BYTES,
};

/** Room for a number and `.part` where a disk takes less than `MAX_NAME_BYTES`, which names below count with already. */
const SUFFIX_BYTES = 16;
/** Windows opens devices by these names, whatever extension follows; superscript digits count as digits. */
const DEVICE = /^(con|prn|aux|nul|clock\$|conin\$|conout\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3])(\s*(?:\.|$))/i;

/** A file or folder that gets another name than it was sent with; whole paths of the manifest and of the disk. */
export interface Renaming {
  from: string;
  to: string;
}

interface Folder {
  /** By name as sent. */
  readonly names: Map<string, { name: string; inside: Folder | null }>;
  /** Names as the disk tells them apart. */
  readonly taken: Set<string>;
}

/**
 * The names that the entries of a manifest get on a disk. What that takes stays as it is, but for being composed (NFC): macOS sends
 * Korean in pieces. What it can't have is replaced, shortened or numbered. The same entries in the same order get the same
 * names.
 */
export class LocalNames {
  readonly #rules: NameRules;
  readonly #forbidden: RegExp | null;
  readonly #maxBytes: number;
  readonly #root: Folder = emptyFolder();
  readonly renamings: Renaming[] = [];

  constructor(rules: NameRules) {
    this.#rules = rules;
    this.#forbidden =
      rules.forbidden === ''
        ? null
        : new RegExp(`[${rules.forbidden.replace(/[\\\]^-]/g, String.raw`\$&`)}]`, 'gu');
    this.#maxBytes = rules.maxBytes < MAX_NAME_BYTES ? rules.maxBytes - SUFFIX_BYTES : MAX_NAME_BYTES;
  }

  /** The path that an entry gets on this disk. @param path its path in the manifest, which has no fault */
  pathOf(path: string): string {
    const names = path.split('/');
    const local: string[] = [];
    let folder = this.#root;
    for (const [depth, name] of names.entries()) {
      let known = folder.names.get(name);
      if (!known) {
        known = { name: this.#newName(name, folder), inside: null };
        folder.names.set(name, known);
        if (known.name !== name.normalize('NFC'))
          this.renamings.push({
            from: names.slice(0, depth + 1).join('/'),
            to: [...local, known.name].join('/'),
          });
      }
      local.push(known.name);
      if (depth < names.length - 1) folder = known.inside ??= emptyFolder();
    }
    return local.join('/');
  }

  #newName(name: string, { taken }: Folder): string {
    const possible = this.#possible(name);
    for (let attempt = 0; ; attempt++) {
      const numbered = numberedName(possible, attempt, this.#maxBytes);
      const told = this.#rules.isCaseSensitive ? numbered : foldedName(numbered);
      if (taken.has(told)) continue;
      taken.add(told);
      return numbered;
    }
  }

  #possible(name: string): string {
    const { takesTrailing, takesDevices } = this.#rules;
    let possible = name.normalize('NFC');
    if (this.#forbidden) possible = possible.replace(this.#forbidden, '_');
    if (!takesDevices) possible = possible.replace(DEVICE, '$1_$2');
    if (!takesTrailing) possible = possible.replace(/[. ]+$/, (end) => '_'.repeat(end.length));
    return possible;
  }
}

function emptyFolder(): Folder {
  return { names: new Map(), taken: new Set() };
}

/**
 * What case-insensitive, normalising and ignoring file systems make of a name (HFS+ skips joiners), near enough to
 * tell too few apart rather than too many.
 */
function foldedName(name: string): string {
  return withoutIgnorable(name.normalize('NFKC')).toUpperCase().toLowerCase().normalize('NFKC');
}
