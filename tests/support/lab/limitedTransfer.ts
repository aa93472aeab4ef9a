import { join } from 'node:path';
import { writeRandomFile } from '../app/testFiles';
import { TransferParts } from '../app/TransferParts';
import type { Host } from './Host';

/** Sends `long.bin` from Alice to Bob, at a speed that is the same on every lane, and waits until it moves. */
export async function limitedTransfer(
  alice: Host,
  bob: Host,
  { dir, bytes, speedMbs }: { dir: string; bytes: number; speedMbs: number },
): Promise<[TransferParts, TransferParts]> {
  const name = 'long.bin';
  const file = await writeRandomFile(join(dir, name), bytes);
  await TransferParts.limitSpeed(alice.page, speedMbs);
  await alice.app.drop(file);
  await bob.app.acceptOffer('Alice');
  await bob.app.expectTransfer('receive', name, 'active', 20_000);
  return [new TransferParts(alice.page, 'send', name), new TransferParts(bob.page, 'receive', name)];
}
