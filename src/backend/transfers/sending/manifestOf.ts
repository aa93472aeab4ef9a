import type { LeftOut, LeftOutReason, OfferItem } from '../../../shared/contract/transfers';
import { HitherError } from '../../../shared/errors';
import { type ManifestEntry, MAX_ENTRIES } from '../../../shared/protocol/transfer';
import { numberedName } from '../../../shared/transfer/manifest/freeName';
import { ManifestCheck, shownPath } from '../../../shared/transfer/manifest/names';
import { leftOutOf } from '../leftOut';
import type { EntryOrigin, FileAccess } from '../../ports';
import type { PathTokens } from './PathTokens';
import type { ChosenPath } from '../TransferRecord';

/** Things of one name in one drop; more are left out. */
const MAX_NUMBER = 1_000;

/** What is offered, and how it came about. */
export interface Manifest {
  entries: ManifestEntry[];
  origins: EntryOrigin[];
  /** What the person chose, as far as it was paths. */
  chosen: ChosenPath[];
  /** What of it does not go. */
  leftOut: LeftOut[];
}

/** Something to offer: as the page names it, or a path that an earlier offer had. */
export type OfferedItem = OfferItem | ({ kind: 'path' } & ChosenPath);

/**
 * The manifest of what a person dropped or picked, and where each entry's bytes are.
 * What can't go is left out and named, and the rest goes; of two that have one path, the second is numbered.
 * @throws HitherError where a chosen path can't be read, or nothing is left
 */
export async function manifestOf(
  items: readonly OfferedItem[],
  tokens: PathTokens,
  files: Pick<FileAccess, 'walk'>,
): Promise<Manifest> {
  const entries: ManifestEntry[] = [];
  const origins: EntryOrigin[] = [];
  const chosen: ChosenPath[] = [];
  const leftOut: { reason: LeftOutReason; path: string }[] = [];
  const check = new ManifestCheck();
  const add = (entry: ManifestEntry, origin: EntryOrigin): void => {
    const named = withFreePath(entry, check);
    if (named === null) {
      leftOut.push({ reason: 'name', path: shownPath(entry.path) });
      return;
    }
    if (entries.push(named) > MAX_ENTRIES) throw new HitherError('too-many-entries', { limit: MAX_ENTRIES });
    origins.push(entry.kind === 'folder' ? { kind: 'none' } : origin);
  };
  for (const item of items) {
    switch (item.kind) {
      case 'page-file': {
        const { path, sizeBytes, modifiedMs, sourceId } = item;
        add({ kind: 'file', path, sizeBytes, modifiedMs }, { kind: 'page', sourceId });
        break;
      }
      case 'page-folder':
        add({ kind: 'folder', path: item.path, sizeBytes: 0 }, { kind: 'none' });
        break;
      case 'left-out':
        leftOut.push({ reason: item.reason, path: shownPath(item.path) });
        break;
      case 'path':
      case 'path-token': {
        const of: ChosenPath =
          item.kind === 'path' ? item : { path: tokens.consume(item.token), name: item.path };
        chosen.push({ path: of.path, name: of.name });
        const walked = await files.walk(of.path, of.name);
        for (const { entry, absolutePath } of walked.entries) add(entry, { kind: 'path', absolutePath });
        for (const { reason, path } of walked.leftOut) leftOut.push({ reason, path: shownPath(path) });
      }
    }
  }
  const [first] = leftOut;
  if (entries.length === 0)
    throw new HitherError(first ? 'all-left-out' : 'nothing-to-send', first && { name: first.path });
  return { entries, origins, chosen, leftOut: leftOutOf(leftOut) };
}

/** The entry under its own path, or a numbered one where another has that; `null` where no path would do. */
function withFreePath(entry: ManifestEntry, check: ManifestCheck): ManifestEntry | null {
  const names = entry.path.split('/');
  const name = names.pop() ?? '';
  for (let attempt = 0; ; attempt++) {
    const path = attempt === 0 ? entry.path : [...names, numberedName(name, attempt)].join('/');
    const fault = check.faultOf({ ...entry, path });
    if (fault === null) return { ...entry, path };
    // A folder in the place of one of its parents is in the way of all numbers.
    if ((fault !== 'collision' && fault !== 'clash') || attempt === MAX_NUMBER) return null;
  }
}
