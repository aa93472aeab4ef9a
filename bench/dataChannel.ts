/*
 * `npm run bench:data-channel [-- MEGABYTES]`: how much of a bare data channel's speed is left when Hither reads,
 * hashes, sends, verifies and writes a file. Both are measured in the same two browsers, in turns; the medians count.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { answer } from '../tests/support/app/connect';
import { HeadlessBackend } from '../tests/support/app/HeadlessBackend';
import { HitherPage } from '../tests/support/app/HitherPage';
import { Instance } from '../tests/support/app/Instance';
import { digestOf, writeRandomFile } from '../tests/support/app/testFiles';
import { DetachableBrowser } from './support/DetachableBrowser';
import { rawMegabytesPerSecond } from './support/rawDataChannel';

const ROUNDS = 3;
const DEFAULT_MEGABYTES = 500;
/** Longest a round may take, in ms: 500 MB at 2 MB/s. */
const ROUND_TIMEOUT_MS = 250_000;

/** The receiving side: a backend, and a browser that nobody watches while bytes arrive. */
interface Receiver {
  name: string;
  downloadsDir: string;
  browser: DetachableBrowser;
}

/** Sends the file through Hither; MB per second from the receiver's yes to the verified file under its final name. */
async function hitherMegabytesPerSecond(
  from: Instance,
  to: Receiver,
  file: string,
  bytes: number,
): Promise<number> {
  await from.app.sendFiles(file);
  const startedMs = await to.browser.watched(async (page) => {
    await page.bringToFront();
    const app = new HitherPage(page);
    await app.offer(from.name).waitFor();
    await app.acceptOffer(from.name);
    return performance.now();
  });
  const received = join(to.downloadsDir, 'file.bin');
  await appears(received);
  const ms = performance.now() - startedMs;
  await to.browser.watched(async (page) => {
    const app = new HitherPage(page);
    await app.expectTransfer('receive', 'file.bin', 'done', ROUND_TIMEOUT_MS);
    await app.clearTransfers();
  });
  if ((await digestOf(received)) !== (await digestOf(file))) throw new Error('the file arrived damaged');
  await rm(received);
  await from.app.clearTransfers();
  return bytes / 1e6 / (ms / 1000);
}

/** Waits for a file on the disk; looking at the page instead would take from the processor what is being measured. */
async function appears(path: string): Promise<void> {
  const endMs = performance.now() + ROUND_TIMEOUT_MS;
  while (!existsSync(path)) {
    if (performance.now() > endMs) throw new Error('the file did not arrive in time');
    await sleep(20);
  }
}

async function measure(dir: string, megabytes: number): Promise<{ hither: number[]; raw: number[] }> {
  const file = await writeRandomFile(join(dir, 'file.bin'), megabytes * 1e6);
  const result = { hither: [] as number[], raw: [] as number[] };
  const stops: (() => Promise<unknown>)[] = [];
  try {
    const from = await Instance.start({ name: `Bench sender ${process.pid}`, dir, locale: 'en-US' });
    stops.push(() => from.stop());
    const name = `Bench receiver ${process.pid}`;
    const downloadsDir = join(dir, 'received');
    const profileDir = join(dir, 'receiver');
    const backend = await HeadlessBackend.start({ name, profileDir, downloadsDir });
    stops.push(() => backend.stop());
    const browser = await DetachableBrowser.start(join(dir, 'browser'));
    stops.push(() => browser.stop());
    await from.app.welcome();
    await browser.watched(async (page) => {
      await page.goto(backend.url);
      const app = new HitherPage(page);
      await app.welcome();
      await from.app.connectTo(name);
      await answer(from, { name, app });
    });
    const blank = await from.browser.newPage();
    for (let round = 1; round <= ROUNDS; round++) {
      await blank.bringToFront();
      const raw = await browser.watched(async (_, attached) => {
        const other = await attached.contexts()[0]?.newPage();
        if (!other) throw new Error('the browser opens no page');
        const speed = await rawMegabytesPerSecond(blank, other, file);
        await other.close();
        return speed;
      });
      await from.page.bringToFront();
      const hither = await hitherMegabytesPerSecond(
        from,
        { name, downloadsDir, browser },
        file,
        megabytes * 1e6,
      );
      result.raw.push(raw);
      result.hither.push(hither);
      console.log(`round ${round}: raw ${rounded(raw)} MB/s, Hither ${rounded(hither)} MB/s`);
    }
    return result;
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function rounded(value = Number.NaN): number {
  return Math.round(value * 100) / 100;
}

const megabytes = Number(process.argv[2] ?? DEFAULT_MEGABYTES);
if (!(megabytes >= 1)) throw new Error('usage: npm run bench:data-channel [-- MEGABYTES]');
const dir = await mkdtemp(join(tmpdir(), 'hither-bench-'));
try {
  const { hither, raw } = await measure(dir, megabytes);
  const [hitherMedian, rawMedian] = [median(hither), median(raw)];
  console.log(
    JSON.stringify({
      bench: 'data-channel',
      hither_mb_s: rounded(hitherMedian),
      raw_mb_s: rounded(rawMedian),
      ratio: rounded(hitherMedian / rawMedian),
    }),
  );
} finally {
  await rm(dir, { recursive: true, force: true });
}
