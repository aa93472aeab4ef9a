/*
 * `npm run bench:data-channel [-- MEGABYTES [ROUNDS]]`: how much of a bare data channel's speed is left when Hither reads,
 * hashes, sends, verifies and writes a file, from a path and from a page's `File`. All are measured in the same two
 * browsers on one machine, in turns, without a LAN lane; the medians count.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BenchSide } from './support/BenchSide';
import { connectSides, measureRounds } from './support/channelRounds';
import { writeBenchFile } from './support/writeBenchFile';

const [megabytes = 500, rounds = 5] = process.argv.slice(2).map(Number);
if (!(megabytes >= 1 && rounds >= 1))
  throw new Error('usage: npm run bench:data-channel [-- MEGABYTES [ROUNDS]]');
const dir = await mkdtemp(join(tmpdir(), 'hither-bench-'));
const stops: (() => Promise<void>)[] = [() => rm(dir, { recursive: true, force: true })];
try {
  const bytes = megabytes * 1e6;
  const path = await writeBenchFile(join(dir, 'file.bin'), bytes);
  const from = await BenchSide.start({ name: `Bench sender ${process.pid}`, dir: join(dir, 'from') });
  stops.push(() => from.stop());
  const to = await BenchSide.start({ name: `Bench receiver ${process.pid}`, dir: join(dir, 'to') });
  stops.push(() => to.stop());
  await connectSides({ from, to }, (app) => app.connectTo(to.name));
  const figures = await measureRounds({
    sides: { from, to },
    file: { path, bytes },
    rounds,
    origins: ['path', 'file'],
  });
  console.log(JSON.stringify({ bench: 'data-channel', ...figures }));
} finally {
  for (const stop of stops.reverse()) await stop();
}
