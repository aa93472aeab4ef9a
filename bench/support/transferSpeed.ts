import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { digestOf } from '../../tests/support/app/testFiles';
import type { BenchSide } from './BenchSide';
import { rawMegabytesPerSecond } from './rawDataChannel';

/** Where the sender's bytes come from: a `File` of its page, or a path that its backend reads. */
export type Origin = 'file' | 'path';

/**
 * Sends a file through Hither; MB (10^6 bytes) per second from the receiver's yes to the verified file under its final name.
 * @param timeoutMs longest it may take
 */
export async function hitherMegabytesPerSecond(
  { from, to }: { from: BenchSide; to: BenchSide },
  file: { path: string; bytes: number },
  origin: Origin,
  timeoutMs: number,
): Promise<number> {
  if (origin === 'path') from.offerPath(file.path);
  else await from.watched((_, app) => app.sendFiles(file.path));
  const startedMs = await to.watched(async (_, app) => {
    await app.offer(from.name).waitFor();
    await app.acceptOffer(from.name);
    return performance.now();
  });
  const received = join(to.downloadsDir, basename(file.path));
  await appears(received, timeoutMs);
  const ms = performance.now() - startedMs;
  if ((await digestOf(received)) !== (await digestOf(file.path))) throw new Error('the file arrived damaged');
  await rm(received);
  for (const side of [from, to]) await side.watched((_, app) => app.clearTransfers());
  return file.bytes / 1e6 / (ms / 1000);
}

/** The same file over one bare data channel between blank pages of the same browsers. */
export async function bareMegabytesPerSecond(
  { from, to }: { from: BenchSide; to: BenchSide },
  file: string,
): Promise<number> {
  return from.browser.watched((_, sender) =>
    to.browser.watched(async (__, receiver) => {
      const pages = [await sender.contexts()[0]!.newPage(), await receiver.contexts()[0]!.newPage()] as const;
      const speed = await rawMegabytesPerSecond(...pages, file);
      for (const page of pages) await page.close();
      return speed;
    }),
  );
}

/** Waits for a file on the disk; looking at the page instead would take from the processor what is being measured. */
async function appears(path: string, timeoutMs: number): Promise<void> {
  const endMs = performance.now() + timeoutMs;
  while (!existsSync(path)) {
    if (performance.now() > endMs) throw new Error('the file did not arrive in time');
    await sleep(20);
  }
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
