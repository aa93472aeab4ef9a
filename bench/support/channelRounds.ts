import { answer } from '../../tests/support/app/connect';
import type { BenchSide } from './BenchSide';
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
    let line = `round ${round}: raw ${rounded(bare)} MB/s`;
    for (const [origin, speeds] of hither) {
      const speed = await hitherMegabytesPerSecond(sides, file, origin, TIMEOUT_MS);
      speeds.push(speed);
      line += `, Hither from a ${origin} ${rounded(speed)} MB/s`;
    }
    console.log(line);
  }
  const figures: Partial<ChannelFigures> = { raw_mb_s: rounded(median(raw)) };
  for (const [origin, speeds] of hither) {
    figures[`hither_${origin}_mb_s`] = rounded(median(speeds));
    figures[`ratio_${origin}`] = rounded(median(speeds) / median(raw));
  }
  return figures;
}
