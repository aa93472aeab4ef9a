/*
 * `npm run bench:wan -- NS_A NS_B [MEGABYTES [ROUNDS]]`: a page's `File` from one network namespace to another, through
 * Hither and over one bare data channel, in turns, without a LAN lane. The namespaces exist, with a link between them
 * of whatever delay, loss and rate is to be measured; docs/performance.md says how to make one. Needs root.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { command } from '../tests/support/lab/command';
import { BenchSide } from './support/BenchSide';
import { connectSides, measureRounds } from './support/channelRounds';
import { rounded } from './support/transferSpeed';
import { writeBenchFile } from './support/writeBenchFile';

const [namespaceA, namespaceB, ...numbers] = process.argv.slice(2);
const [megabytes = 100, rounds = 5] = numbers.map(Number);
if (namespaceA === undefined || namespaceB === undefined || !(megabytes >= 1 && rounds >= 1))
  throw new Error('usage: npm run bench:wan -- NS_A NS_B [MEGABYTES [ROUNDS]]');
const address = await addressIn(namespaceB);
const rttMs = await roundTripMs(namespaceA, address);
const dir = await mkdtemp(join(tmpdir(), 'hither-bench-'));
const stops: (() => Promise<void>)[] = [() => rm(dir, { recursive: true, force: true })];
try {
  const bytes = megabytes * 1e6;
  const path = await writeBenchFile(join(dir, 'file.bin'), bytes);
  const from = await BenchSide.start({ name: 'Bench sender', dir: join(dir, 'from'), namespace: namespaceA });
  stops.push(() => from.stop());
  const to = await BenchSide.start({ name: 'Bench receiver', dir: join(dir, 'to'), namespace: namespaceB });
  stops.push(() => to.stop());
  await connectSides({ from, to }, (app) => app.connectToAddress(address));
  const { hither_file_mb_s, raw_mb_s, ratio_file } = await measureRounds({
    sides: { from, to },
    file: { path, bytes },
    rounds,
    origins: ['file'],
  });
  const figures = { hither_mb_s: hither_file_mb_s, raw_mb_s, ratio: ratio_file };
  console.log(JSON.stringify({ bench: 'wan', ...figures, rtt_ms: rttMs, megabytes, rounds }));
} finally {
  for (const stop of stops.reverse()) await stop();
}

/** The IPv4 address that a namespace has towards others. */
async function addressIn(namespace: string): Promise<string> {
  const found = await command('ip', '-n', namespace, '-4', '-o', 'addr', 'show', 'scope', 'global');
  const first = / inet ([\d.]+)\//.exec(found)?.[1];
  if (first === undefined) throw new Error(`${namespace} has no IPv4 address`);
  return first;
}

/** The least time, in ms, that a port with nobody behind it took to say so; five tries. */
async function roundTripMs(namespace: string, to: string): Promise<number> {
  const knock = `
    const tries = [];
    const knock = () => {
      if (tries.length === 5) return console.log(Math.min(...tries));
      const startedMs = performance.now();
      const end = () => { tries.push(performance.now() - startedMs); knock(); };
      require('node:net').connect(9, '${to}').once('error', end);
    };
    knock();`;
  const words = ['netns', 'exec', namespace, process.execPath, '-e', knock];
  return rounded(Number(await command('ip', ...words)));
}
