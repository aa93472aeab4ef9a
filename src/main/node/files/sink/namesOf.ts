import { HitherError } from '../../../../shared/errors';
import type { ManifestEntry } from '../../../../shared/protocol/transfer';

/**
 * The names of an entry's path. Nothing gets here that was not checked; what climbs out of its folder must not, whoever was
 * mistaken.
 * @throws HitherError `hostile-name`
 */
export function namesOf({ path }: ManifestEntry): string[] {
  const names = path.split('/');
  if (names.some((name) => name === '' || name === '.' || name === '..'))
    throw new HitherError('hostile-name', { name: path, reason: 'parent' });
  return names;
}
