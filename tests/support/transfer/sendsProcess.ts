/*
 * Two backends in a process of their own, one of which sends the other the same folder again and again: some times with
 * people who clear their lists in between, then as often with people who don't. Told by its arguments: a folder with
 * `source`, `a`, `b` and `downloads` in it, and how often. Prints a `HeapOfSends` as JSON. Needs --expose-gc.
 */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from './memory';
import { TransferSide } from './TransferSide';

/** The heap after each time, collected, in MB (10^6 bytes). */
export interface HeapOfSends {
  clearedMb: number[];
  listedMb: number[];
}

const [root = '', rounds = ''] = process.argv.slice(2);
const downloads = join(root, 'downloads');
const alice = new TransferSide(root, 'a'.repeat(32), { profileDir: join(root, 'a') });
const bob = new TransferSide(downloads, 'b'.repeat(32), { profileDir: join(root, 'b') });
const both = [alice, bob];

async function send(): Promise<void> {
  const transferId = await alice.offer(join(root, 'source'), 'source');
  const viewOf = (side: TransferSide) => side.views().find((view) => view.transferId === transferId);
  await until(() => viewOf(bob)?.phase === 'incoming', 30_000);
  await bob.call('transfers:accept', { transferId });
  await until(() => both.every((side) => viewOf(side)?.phase === 'done'), 120_000);
  // The profile has a transfer until its end is on record.
  for (const side of ['a', 'b'])
    while ((await readdir(join(root, side, 'transfers'))).length > 0) await sleep(1);
  await rm(join(downloads, 'source'), { recursive: true });
}

async function sendAgainAndAgain(clears: boolean): Promise<number[]> {
  const heapMb: number[] = [];
  for (let round = 0; round < Number(rounds); round++) {
    await send();
    for (const side of both) {
      if (clears) await side.call('transfers:clear', {});
      // What the side itself remembers for tests.
      side.sent.length = 0;
      side.blocks.length = 0;
    }
    globalThis.gc?.();
    heapMb.push(process.memoryUsage().heapUsed / 1e6);
  }
  return heapMb;
}

alice.join(bob);
for (const side of both) side.up();
const figures: HeapOfSends = {
  clearedMb: await sendAgainAndAgain(true),
  listedMb: await sendAgainAndAgain(false),
};
process.stdout.write(JSON.stringify(figures));
for (const side of both) await side.service.close();
