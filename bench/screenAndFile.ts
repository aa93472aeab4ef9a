/*
 * `npm run bench:screen-and-file [-- SECONDS [ROUNDS [CASE…]]]`: what a file does to a shared screen. Two namespaces, joined
 * by a line of 3 Mbit/s, 80 ms of round trip and 0.5 % of loss; a picture that moves all the time and has the time in it is
 * shared, and watched without a file and beside one, in turns. The cases: the file over data channels or over the LAN lane,
 * from who shares or (`-back`) from who watches; and `wire`, the speed of a file between two namespaces on a bare wire,
 * with a shared screen and without. Needs root, and a C compiler for the line.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Network } from '../tests/support/lab/Network';
import {
  framesSince,
  noteFrames,
  paintStampedScreen,
  watched,
  type Watched,
} from '../tests/support/lab/stampedScreen';
import { BenchSide } from './support/BenchSide';
import { connectSides } from './support/channelRounds';
import { keepConnections, laneBytesOf } from './support/laneBytes';
import { hitherMegabytesPerSecond, median, rounded } from './support/transferSpeed';
import { writeBenchFile } from './support/writeBenchFile';

const CASES = ['channels', 'channels-back', 'lan', 'lan-back', 'wire'] as const;
type Case = (typeof CASES)[number];

const LINE = { delayMs: 40, lossPercent: 0.5, rateMbit: 3 };
/** Enough for two minutes of the whole line. */
const FILE_BYTES = 45_000_000;
const WIRE_FILE_BYTES = 300_000_000;
/** Until a share or a file has found its speed, in ms. */
const SETTLE_MS = 8_000;
/** Longest that a file may take on the bare wire, in ms. */
const TIMEOUT_MS = 240_000;

const [seconds = 20, rounds = 2] = process.argv.slice(2, 4).map(Number);
const named = process.argv.slice(4);
if (!(seconds >= 1 && rounds >= 1) || !named.every((name) => CASES.some((each) => each === name)))
  throw new Error('usage: npm run bench:screen-and-file [-- SECONDS [ROUNDS [CASE…]]]');

interface Pair {
  sharer: BenchSide;
  viewer: BenchSide;
  namespaces: readonly [string, string];
  file: string;
}

const figures: Record<string, unknown> = {};
for (const each of CASES)
  if (named.length === 0 || named.includes(each))
    figures[each] = each === 'wire' ? await measureWire() : await measureLine(each);
console.log(JSON.stringify({ bench: 'screen-and-file', line: LINE, seconds, rounds, ...figures }));

/** The screen without a file and beside one. */
async function measureLine(name: Exclude<Case, 'wire'>): Promise<unknown> {
  return withPair(name, async (pair) => {
    await share(pair);
    const alone: Watched[] = [];
    const beside: Watched[] = [];
    const speeds: number[] = [];
    for (let round = 1; round <= rounds; round++) {
      await sleep(SETTLE_MS);
      alone.push(await watch(pair));
      const cancel = await sendFile(pair, name.endsWith('-back'));
      await sleep(SETTLE_MS);
      const receiver = name.endsWith('-back') ? 0 : 1;
      const side = receiver === 0 ? pair.sharer : pair.viewer;
      const before = await laneBytesOf(side, pair.namespaces[receiver]);
      const startedMs = performance.now();
      beside.push(await watch(pair));
      const bytes = (await laneBytesOf(side, pair.namespaces[receiver])) - before;
      speeds.push(bytes / 1e3 / (performance.now() - startedMs));
      await cancel();
      console.log(`${name}, round ${round}: alone ${words(alone.at(-1))}; beside ${words(beside.at(-1))}`);
      console.log(`  file ${rounded(speeds.at(-1) ?? Number.NaN)} MB/s`);
    }
    const [without, along] = [summary(alone), summary(beside)];
    const ratio_latency = rounded(along.latency_ms / without.latency_ms);
    return { alone: without, beside: along, ratio_latency, file_mb_s: rounded(median(speeds)) };
  });
}

/** A file on a wire that is fast enough for both, without a shared screen and beside one. */
async function measureWire(): Promise<unknown> {
  return withPair('wire', async (pair) => {
    const { sharer: from, viewer: to, file: path } = pair;
    const speeds = { without: [] as number[], with: [] as number[] };
    const send = () =>
      hitherMegabytesPerSecond({ from, to }, { path, bytes: WIRE_FILE_BYTES }, 'path', TIMEOUT_MS);
    for (let round = 1; round <= rounds; round++) {
      speeds.without.push(await send());
      await share(pair);
      speeds.with.push(await send());
      await from.watched((_, app) => app.stopSharing());
      const [without, beside] = [speeds.without.at(-1), speeds.with.at(-1)].map((speed) =>
        rounded(speed ?? Number.NaN),
      );
      console.log(`wire, round ${round}: ${without} MB/s alone, ${beside} MB/s beside a shared screen`);
    }
    const [alone, beside] = [median(speeds.without), median(speeds.with)];
    return {
      alone_mb_s: rounded(alone),
      beside_mb_s: rounded(beside),
      ratio: rounded(beside / alone),
    };
  });
}

async function share({ sharer, viewer }: Pair): Promise<void> {
  await sharer.watched(async (_, app) => {
    await paintStampedScreen(app.page);
    await app.shareScreen();
  });
  await viewer.watched(async (_, app) => {
    await app.remoteVideo.waitFor();
    await noteFrames(app.remoteVideo);
  });
}

/** Looks at the shared screen for a while; nobody watches the browsers meanwhile. */
async function watch({ viewer }: Pair): Promise<Watched> {
  const fromMs = Date.now();
  await sleep(seconds * 1000);
  const toMs = Date.now();
  return watched(await viewer.browser.watched((page) => framesSince(page)), fromMs, toMs);
}

/** Begins to send the file; @returns takes it back */
async function sendFile({ sharer, viewer, file }: Pair, isBack: boolean): Promise<() => Promise<void>> {
  const [from, to] = isBack ? [viewer, sharer] : [sharer, viewer];
  from.offerPath(file);
  await to.watched((_, app) => app.acceptOffer(from.name));
  return async () => {
    await from.watched(async (_, app) => {
      await app.cancelTransfer('send', 'file.bin');
      await app.expectTransfer('send', 'file.bin', 'cancelled');
    });
    for (const side of [from, to]) await side.watched((_, app) => app.clearTransfers());
  };
}

/** Runs something with two connected sides, and takes all of it away afterwards. */
async function withPair<T>(name: Case, run: (pair: Pair) => Promise<T>): Promise<T> {
  const dir = await mkdtemp(join(tmpdir(), 'hither-bench-'));
  const stops: (() => Promise<void>)[] = [() => rm(dir, { recursive: true, force: true })];
  try {
    const file = await writeBenchFile(join(dir, 'file.bin'), name === 'wire' ? WIRE_FILE_BYTES : FILE_BYTES);
    const network = await Network.create();
    stops.push(() => network.remove());
    const hosts = [await network.addHost(), await network.addHost()] as const;
    const [a, b] = [hosts[0].namespace, hosts[1].namespace];
    const address = name === 'wire' ? hosts[1].addressV4 : (await network.stretch(...hosts, dir, LINE)).b;
    const start = async (who: string, namespace: string): Promise<BenchSide> => {
      const options = { name: who, dir: join(dir, who), namespace, tamper: keepConnections };
      const side = await BenchSide.start({ ...options, hasLanLanes: !name.startsWith('channels') });
      stops.push(() => side.stop());
      return side;
    };
    const [sharer, viewer] = [await start('Bench sharer', a), await start('Bench viewer', b)];
    await connectSides({ from: sharer, to: viewer }, (app) => app.connectToAddress(address));
    return await run({ sharer, viewer, namespaces: [a, b], file });
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

function summary(all: readonly Watched[]) {
  return {
    latency_ms: rounded(median(all.map(({ latencyMs }) => latencyMs))),
    latency_p95_ms: rounded(median(all.map(({ latencyP95Ms }) => latencyP95Ms))),
    frames_s: rounded(median(all.map(({ framesPerSecond }) => framesPerSecond))),
    longest_gap_ms: rounded(Math.max(...all.map(({ longestGapMs }) => longestGapMs))),
  };
}

function words(seen: Watched | undefined): string {
  if (!seen) return '';
  const { latencyMs, latencyP95Ms, framesPerSecond, longestGapMs } = seen;
  const [middle, most, gap] = [latencyMs, latencyP95Ms, longestGapMs].map(Math.round);
  return `${middle} (${most}) ms, ${rounded(framesPerSecond)} frames/s, gap ${gap} ms`;
}
