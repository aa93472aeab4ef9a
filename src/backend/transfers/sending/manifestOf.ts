import type { OfferItem } from '../../../shared/contract/transfers';
import { HitherError } from '../../../shared/errors';
import { type ManifestEntry, MAX_ENTRIES } from '../../../shared/protocol/transfer';
import { checkedManifest } from '../../../shared/transfer/manifest/names';
import type { EntryOrigin, FileAccess } from '../../ports';
import type { PathTokens } from './PathTokens';
import type { ChosenPath } from '../TransferRecord';

/** What is offered, and how it came about. */
export interface Manifest {
  entries: ManifestEntry[];
  origins: EntryOrigin[];
  /** What the person chose, as far as it was paths. */
  chosen: ChosenPath[];
  /** Relative paths of what was left out: links, and what is neither file nor folder. */
  skipped: string[];
}

/** Something to offer: as the page names it, or a path that an earlier offer had. */
export type OfferedItem = OfferItem | ({ kind: 'path' } & ChosenPath);

/**
 * The manifest of what a person dropped or picked, and where each entry's bytes are.
 * @throws HitherError where something can't be read, has a name that no receiver would accept, or there is nothing
 */
export async function manifestOf(
  items: readonly OfferedItem[],
  tokens: PathTokens,
  files: Pick<FileAccess, 'walk'>,
): Promise<Manifest> {
  const entries: ManifestEntry[] = [];
  const origins: EntryOrigin[] = [];
  const chosen: ChosenPath[] = [];
  const skipped: string[] = [];
  const add = (entry: ManifestEntry, origin: EntryOrigin): void => {
    if (entries.push(entry) > MAX_ENTRIES) throw new HitherError('too-many-entries', { limit: MAX_ENTRIES });
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
      case 'path':
      case 'path-token': {
        const of: ChosenPath =
          item.kind === 'path' ? item : { path: tokens.consume(item.token), name: item.path };
        chosen.push({ path: of.path, name: of.name });
        const walked = await files.walk(of.path, of.name);
        for (const { entry, absolutePath } of walked.entries) add(entry, { kind: 'path', absolutePath });
        skipped.push(...walked.skipped);
      }
    }
  }
  if (entries.length === 0) throw new HitherError('nothing-to-send');
  return { entries: checkedManifest(entries), origins, chosen, skipped };
}
