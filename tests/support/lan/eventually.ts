import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits until `look` gives something other than `undefined`, `null` or `false`, and returns it.
 * @throws Error after `timeoutMs`
 */
export async function eventually<T>(
  look: () => T | Promise<T>,
  timeoutMs = 5_000,
): Promise<Exclude<T, undefined | null | false>> {
  const endMs = performance.now() + timeoutMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== null && found !== false)
      return found as Exclude<T, undefined | null | false>;
    if (performance.now() > endMs) throw new Error(`nothing within ${timeoutMs} ms`);
    await sleep(20);
  }
}
