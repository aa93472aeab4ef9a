import type { LeftOut, OfferItem } from '../../../shared/contract/transfers';
import { HitherError } from '../../../shared/errors';
import type { ManifestEntry } from '../../../shared/protocol/transfer';
import type { EntryOrigin, FileAccess } from '../../ports';
import { ManifestDraft } from './ManifestDraft';
import type { PathTokens } from './PathTokens';
import type { ChosenPath } from '../TransferRecord';

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
 * What can't go is left out and named, and the rest goes; of two files that have one path, the second is numbered.
 * @throws HitherError where a chosen path can't be read, it is too much, or nothing is left
 */
export async function manifestOf(
  items: readonly OfferedItem[],
  tokens: PathTokens,
  files: Pick<FileAccess, 'walk'>,
): Promise<Manifest> {
  const draft = new ManifestDraft();
  const chosen: ChosenPath[] = [];
  for (const item of items) {
    switch (item.kind) {
      case 'page-file': {
        const { path, sizeBytes, modifiedMs, sourceId } = item;
        draft.add({ kind: 'file', path, sizeBytes, modifiedMs }, { kind: 'page', sourceId });
        break;
      }
      case 'page-folder':
        draft.add({ kind: 'folder', path: item.path, sizeBytes: 0 }, { kind: 'none' });
        break;
      case 'left-out':
        draft.leaveOut(item.reason, item.path);
        break;
      case 'path':
      case 'path-token': {
        const of: ChosenPath =
          item.kind === 'path' ? item : { path: tokens.pathOf(item.token), name: item.path };
        chosen.push({ path: of.path, name: of.name });
        const walked = await files.walk(of.path, of.name);
        for (const { entry, absolutePath, isImplied } of walked.entries)
          draft.add(entry, { kind: 'path', absolutePath }, isImplied);
        for (const { reason, path } of walked.leftOut) draft.leaveOut(reason, path);
      }
    }
  }
  const { entries, origins, leftOut } = draft.finish();
  const [first] = leftOut;
  if (entries.length === 0)
    throw new HitherError(
      first ? 'all-left-out' : 'nothing-to-send',
      first && { name: first.names[0] ?? '' },
    );
  return { entries, origins, chosen, leftOut };
}
