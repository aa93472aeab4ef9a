/*
 * `npm run bench:data-channel [-- MEGABYTES]`: how much of a bare data channel's speed is left when Hither reads,
 * hashes, sends, verifies and writes a file. Both are measured in the same two browsers, in turns; the medians count.
 */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from '../tests/support/app/connect';
import { Instance } from '../tests/support/app/Instance';
import { digestOf, writeRandomFile } from '../tests/support/app/testFiles';
import { rawMegabytesPerSecond } from './support/rawDataChannel';

const ROUNDS = 3;
const DEFAULT_MEGABYTES = 500;
/** Longest a round may take, in ms: 500 MB at 2 MB/s. */
const ROUND_TIMEOUT_MS = 250_000;

/** Sends the file through Hither; MB per second from the receiver's yes to the verified file under its final name. */
async function hitherMegabytesPerSecond(
  from: Instance,
  to: Instance,
  file: string,
  bytes: number,
): Promise<number> {
  await from.app.sendFiles(file);
  await to.app.offer(from.name).waitFor();
  const startedMs = performance.now();
  await to.app.acceptOffer(from.name);
  const received = join(to.downloadsDir, 'file.bin');
  await appears(received);
  const ms = performance.now() - startedMs;
  await to.app.expectTransfer('receive', 'file.bin', 'done', ROUND_TIMEOUT_MS);
  if ((await digestOf(received)) !== (await digestOf(file))) throw new Error('the file arrived damaged');
  await rm(received);
  for (const { app } of [from, to]) await app.clearTransfers();
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
  const instances: Instance[] = [];
  try {
    for (const name of ['Bench sender', 'Bench receiver']) {
      const home = join(dir, name);
      await mkdir(home);
      const instance = await Instance.start({ name: `${name} ${process.pid}`, dir: home, locale: 'en-US' });
      instances.push(instance);
      await instance.app.welcome();
    }
    const [from, to] = instances as [Instance, Instance];
    await connect(from, to);
    const blanks = [await from.browser.newPage(), await to.browser.newPage()] as const;
    const result = { hither: [] as number[], raw: [] as number[] };
    for (let round = 1; round <= ROUNDS; round++) {
      result.raw.push(await rawMegabytesPerSecond(...blanks, file));
      for (const { page } of instances) await page.bringToFront();
      result.hither.push(await hitherMegabytesPerSecond(from, to, file, megabytes * 1e6));
      console.log(
        `round ${round}: raw ${rounded(result.raw.at(-1))} MB/s, Hither ${rounded(result.hither.at(-1))} MB/s`,
      );
    }
    return result;
  } finally {
    await Promise.all(instances.map((instance) => instance.stop()));
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
