import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import type { CheckedSources } from '../../../backend/ports';
import { HitherError } from '../../../shared/errors';
import type { ManifestEntry } from '../../../shared/protocol/transfer';
import { readError } from './diskErrors';
import { modifiedMsOf } from './times';

/**
 * Compares every source with what the manifest says of it: its size and the time of its last change.
 * @param paths absolute, one an entry; `null` where there is none
 */
export async function checkSources(
  entries: readonly ManifestEntry[],
  paths: readonly (string | null)[],
): Promise<CheckedSources> {
  const result: CheckedSources = { changed: [], failed: [] };
  for (const [file, entry] of entries.entries()) {
    const path = paths[file];
    if (entry.kind !== 'file' || path === null || path === undefined) continue;
    try {
      const info = await stat(path);
      await access(path, constants.R_OK);
      if (!info.isFile()) throw new HitherError('source-missing', { name: entry.path });
      const modifiedMs = modifiedMsOf(info);
      const { size: sizeBytes } = info;
      if (sizeBytes !== entry.sizeBytes || modifiedMs !== (entry.modifiedMs ?? modifiedMs))
        result.changed.push({ file, sizeBytes, modifiedMs });
    } catch (error) {
      result.failed.push({ file, failure: readError(error, entry.path).toFailure() });
    }
  }
  return result;
}
