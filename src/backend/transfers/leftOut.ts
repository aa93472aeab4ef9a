import type { LeftOut, LeftOutReason } from '../../shared/contract/transfers';

/** Names that are told of each reason; the others are counted. */
const MAX_NAMES = 5;

/** Sums up what is left out of a transfer, by reason, in the order in which each came up first. */
export function leftOutOf(all: Iterable<{ reason: LeftOutReason; path: string }>): LeftOut[] {
  const byReason = new Map<LeftOutReason, LeftOut>();
  for (const { reason, path } of all) {
    const sum = byReason.get(reason) ?? { reason, count: 0, names: [] };
    byReason.set(reason, sum);
    sum.count++;
    if (sum.names.length < MAX_NAMES) sum.names.push(path);
  }
  return [...byReason.values()];
}
