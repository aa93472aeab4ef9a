import type { OfferItem } from '../../shared/contract/transfers';
import { HitherError } from '../../shared/errors';
import { type ManifestEntry, MAX_ENTRIES } from '../../shared/protocol/transfer';
import { checkedManifest } from '../../shared/transfer/names';
import type { EntryOrigin } from '../files/SourceFiles';
import { walk } from '../files/walk';
import type { PathTokens } from './PathTokens';

/**
 * The manifest of what a person dropped or picked, and where each entry's bytes are.
 * @throws HitherError where something can't be read, has a name that no receiver would take, or there is nothing
 */
export async function manifestOf(
  items: readonly OfferItem[],
  tokens: PathTokens,
): Promise<{ entries: ManifestEntry[]; origins: EntryOrigin[] }> {
  const entries: ManifestEntry[] = [];
  const origins: EntryOrigin[] = [];
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
      case 'path-token':
        for (const { entry, absolutePath } of await walk(tokens.take(item.token), item.path)) {
          add(entry, { kind: 'path', absolutePath });
        }
    }
  }
  if (entries.length === 0) throw new HitherError('nothing-to-send');
  return { entries: checkedManifest(entries), origins };
}
