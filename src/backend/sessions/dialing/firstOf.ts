import type { Clock } from '../../ports';
import type { RelayWay } from '../relay/RelayWay';
import type { Dialed } from './dial';

/** One way to dial; `way` where it is by a relay. */
export interface Try {
  way: RelayWay | null;
  dial: (signal: AbortSignal) => Promise<Dialed>;
}

/** How long a better way may take before the next one is tried beside it, in ms: a LAN answers within a few. */
const HEAD_START_MS = 400;

/**
 * Dials by several ways, best first, each with a head start, until one gets through; the others are given up then.
 * @param tries at least one
 * @throws what the best way failed with, if all fail
 */
export async function firstOf(
  tries: readonly Try[],
  clock: Clock,
  signal: AbortSignal,
): Promise<{ dialed: Dialed; way: RelayWay | null }> {
  const others = new AbortController();
  const either = AbortSignal.any([signal, others.signal]);
  let before: Promise<unknown> = Promise.resolve();
  const errors: unknown[] = [];
  try {
    return await Promise.any(
      tries.map(async ({ way, dial }, index) => {
        if (index > 0) await orAfter(before, clock, HEAD_START_MS);
        const running = dial(either);
        before = running.catch(() => undefined);
        try {
          const dialed = await running;
          if (!others.signal.aborted) others.abort();
          return { dialed, way };
        } catch (error) {
          errors[index] = error;
          throw error;
        }
      }),
    );
  } catch {
    throw errors[0] ?? errors[1];
  }
}

/** Resolves when something is settled, or after a while. */
async function orAfter(settled: Promise<unknown>, clock: Clock, ms: number): Promise<void> {
  await new Promise<void>((resolve) => {
    const cancel = clock.after(ms, resolve);
    void settled.then(() => {
      cancel();
      resolve();
    });
  });
}
