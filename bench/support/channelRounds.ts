import { answer } from '../../tests/support/app/connect';
import type { BenchSide } from './BenchSide';
import { sampleTree } from './processTree';
import {
  bareMegabytesPerSecond,
  hitherMegabytesPerSecond,
  median,
  type Origin,
  rounded,
} from './transferSpeed';

/** Longest one transfer may take, in ms: 500 MB at 1 MB/s. */
const TIMEOUT_MS = 500_000;

export interface ChannelRounds {
  sides: { from: BenchSide; to: BenchSide };
  file: { path: string; bytes: number };
  rounds: number;
  origins: readonly Origin[];
}

/** Medians in MB (10^6 bytes) per second, and how Hither's relate to the bare channel's. */
export type ChannelFigures = Record<`hither_${Origin}_mb_s` | 'raw_mb_s' | `ratio_${Origin}`, number>;

/** Connects two sides whose pages are open. @param ask what the one that calls does with its page */
export async function connectSides(
  { from, to }: ChannelRounds['sides'],
  ask: (app: Parameters<Parameters<BenchSide['watched']>[0]>[1]) => Promise<void>,
): Promise<void> {
  await from.watched((caller, app) =>
    to.watched(async (callee) => {
      await ask(app);
      await answer(caller, callee);
    }),
  );
}

/** Sends a file through Hither from each origin and over a bare data channel, in turns. */
export async function measureRounds(plan: ChannelRounds): Promise<Partial<ChannelFigures>> {
  const { sides, file, rounds, origins } = plan;
  const raw: number[] = [];
  const hither = new Map<Origin, number[]>(origins.map((origin) => [origin, []]));
  for (let round = 1; round <= rounds; round++) {
    const bare = await bareMegabytesPerSecond(sides, file.path);
    raw.push(bare);
    console.log(`round ${round}: raw ${rounded(bare)} MB/s`);
    for (const [origin, speeds] of hither) {
      const sent = await withProcessor(file.bytes, () =>
        hitherMegabytesPerSecond(sides, file, origin, TIMEOUT_MS),
      );
      speeds.push(sent.speed);
      console.log(`round ${round}: Hither from a ${origin} ${rounded(sent.speed)} MB/s (${sent.processor})`);
    }
  }
  const figures: Partial<ChannelFigures> = { raw_mb_s: rounded(median(raw)) };
  for (const [origin, speeds] of hither) {
    figures[`hither_${origin}_mb_s`] = rounded(median(speeds));
    figures[`ratio_${origin}`] = rounded(median(speeds) / median(raw));
  }
  return figures;
}

/** Runs something, and says how many seconds of the processor each kind of process took for a GB, both sides together. */
async function withProcessor(
  bytes: number,
  run: () => Promise<number>,
): Promise<{ speed: number; processor: string }> {
  const before = await sampleTree(process.pid);
  const speed = await run();
  const kinds = new Map<string, number>();
  for (const { pid, kind, cpuSeconds } of await sampleTree(process.pid)) {
    const earlier = before.find((each) => each.pid === pid)?.cpuSeconds ?? 0;
    kinds.set(kind, (kinds.get(kind) ?? 0) + (cpuSeconds - earlier));
  }
  const perGb = [...kinds].map(([kind, seconds]) => `${kind} ${rounded((seconds / bytes) * 1e9)}`);
  return { speed, processor: `processor s/GB: ${perGb.join(', ')}` };
}
