import type { Backend } from '../../../shared/contract/backend';
import { type FilesPurpose, purposeOf } from '../../../shared/protocol/purpose';
import type { ManifestEntry } from '../../../shared/protocol/transfer';
import type { LocalItem } from '../types';

/**
 * What can be said at once of what a person dropped or picked; `null` where nothing of it can be named. What is in folders that the
 * backend reads is not counted.
 */
export function purposeOfItems(items: readonly LocalItem[]): FilesPurpose | null {
  return purposeOf(
    items.flatMap((item): ManifestEntry[] => {
      if (item.kind === 'left-out') return [];
      const { path } = item;
      if (item.kind === 'file') return [{ kind: 'file', path, sizeBytes: item.sizeBytes }];
      return [{ kind: 'folder', path, sizeBytes: 0 }];
    }),
  );
}

/**
 * The same with everything counted, for whoever is asked for it.
 * @throws HitherError where a folder can't be read
 */
export async function measuredPurpose(
  items: readonly LocalItem[],
  backend: Pick<Backend, 'request'>,
): Promise<FilesPurpose | null> {
  const seen = purposeOfItems(items);
  if (!seen) return null;
  let { fileCount, totalBytes } = seen;
  for (const item of items) {
    if (item.kind !== 'path') continue;
    const { token, path } = item;
    const measured = await backend.request('transfers:measure', { token, path });
    fileCount += measured.fileCount;
    totalBytes += measured.totalBytes;
  }
  return { ...seen, fileCount, totalBytes };
}
