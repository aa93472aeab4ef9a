import type { Renamed } from '../../../shared/contract/transfers';
import type { ManifestEntry } from '../../../shared/protocol/transfer';
import { LocalNames, type NameRules } from '../../../shared/transfer/manifest/LocalNames';

/** Renamings that a person is told of; the others are counted. */
const MAX_EXAMPLES = 5;

/** The paths that entries get on a disk, by file number, and what has to be called otherwise there. */
export function localNamesOf(
  entries: readonly ManifestEntry[],
  rules: NameRules,
): { paths: readonly string[]; renamed: Renamed } {
  const names = new LocalNames(rules);
  const paths = entries.map(({ path }) => names.pathOf(path));
  const { renamings } = names;
  return { paths, renamed: { count: renamings.length, examples: renamings.slice(0, MAX_EXAMPLES) } };
}
