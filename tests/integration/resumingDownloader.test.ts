import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ResumingDownloader } from '../../scripts/resumingDownloader.mjs';
import { cutAfter, DownloadHost, slowly, stallingAfter } from '../support/start/DownloadHost';

const file = randomBytes(300_000);
let host: DownloadHost;
let dir: string;
let amounts: [number, number | null][];
beforeEach(async () => {
  host = new DownloadHost(file);
  await host.listen();
  dir = await mkdtemp(join(tmpdir(), 'hither-download-'));
  amounts = [];
});
afterEach(async () => {
  await host.close();
  await rm(dir, { recursive: true, force: true });
});

const hasArrived = (bytes: number) => (): boolean => amounts.at(-1)?.[0] === bytes;

/** Downloads the file into a folder; resolves with what is there then. */
async function download({ folder = 'target', stallMs = 20_000, signal = new AbortController().signal } = {}) {
  const target = join(dir, folder, 'electron.zip');
  await mkdir(join(dir, folder), { recursive: true });
  const onProgress = (...amount: [number, number | null]): void => void amounts.push(amount);
  const options = { onProgress, stallMs, signal };
  await new ResumingDownloader(join(dir, 'parts')).download(`${host.url}electron.zip`, target, options);
  return readFile(target);
}

/** A download that is told to end when the first 100,000 bytes are there. */
async function leavePart(): Promise<void> {
  host.answers.push(stallingAfter(100_000));
  const end = new AbortController();
  const ending = expect(download({ signal: end.signal })).rejects.toThrow('aborted');
  await expect.poll(hasArrived(100_000)).toBe(true);
  end.abort();
  await ending;
}

describe('ResumingDownloader', () => {
  it('waits for as long as bytes come, and says how many there are', async () => {
    host.answers.push(slowly(20, 100));
    expect((await download({ stallMs: 1_500 })).equals(file)).toBe(true);
    expect(amounts.length).toBeGreaterThan(1);
    expect(amounts.at(-1)).toEqual([file.length, file.length]);
  });

  it('gives up when none have come for a while', async () => {
    host.answers.push(stallingAfter(100_000));
    const facts = { code: 'stalled', host: new URL(host.url).host };
    await expect(download({ stallMs: 500 })).rejects.toMatchObject(facts);
  });

  it('goes on with the part that an earlier one left', async () => {
    await leavePart();
    expect(await readdir(join(dir, 'parts'))).toEqual(['electron.zip.part']);
    expect((await download()).equals(file)).toBe(true);
    expect(host.ranges).toEqual([undefined, 'bytes=100000-']);
    expect(amounts.at(-1)).toEqual([file.length, file.length]);
    expect(await readdir(join(dir, 'parts'))).toEqual([]);
  });

  it('asks again after a broken connection, until one brings nothing', async () => {
    host.answers.push(cutAfter(100_000, hasArrived(100_000)));
    host.answers.push(cutAfter(50_000, hasArrived(150_000)));
    host.answers.push(cutAfter(0, () => true));
    await expect(download()).rejects.toMatchObject({ code: 'cut' });
    expect(host.ranges).toEqual([undefined, 'bytes=100000-', 'bytes=150000-']);
  });

  it('begins anew where the host gives no parts', async () => {
    await leavePart();
    host.knowsRanges = false;
    expect((await download()).equals(file)).toBe(true);
  });

  it('begins anew where the part is longer than the file', async () => {
    await leavePart();
    host.file = file.subarray(0, 50_000);
    expect((await download()).equals(host.file)).toBe(true);
  });

  it('lets only one of two downloads go on with the part', async () => {
    await leavePart();
    const both = await Promise.all([download({ folder: 'one' }), download({ folder: 'other' })]);
    expect(both.map((bytes) => bytes.equals(file))).toEqual([true, true]);
    expect(host.ranges.slice(1).sort()).toEqual(['bytes=100000-', undefined]);
  });
});
