import type { TriedPair } from './views';

/** Pairs that read alike, once each with how many there are, in the order they came. */
export function groupedPairs(tried: readonly TriedPair[]): { pair: TriedPair; count: number }[] {
  const byWords = new Map<string, { pair: TriedPair; count: number }>();
  for (const pair of tried) {
    const { family, fault, local, protocol, remote, state, via } = pair;
    const key = [local, remote, protocol, via, family, state, fault].join();
    const known = byWords.get(key);
    if (known) known.count++;
    else byWords.set(key, { pair, count: 1 });
  }
  return [...byWords.values()];
}
