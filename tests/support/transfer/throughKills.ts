import { randomBytes, randomInt } from 'node:crypto';
import { mkdir, mkdtemp, open, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, vi } from 'vitest';
import { BLOCK_BYTES } from '../../../src/shared/transfer/blocks';
import { afterwards } from '../lan/opened';
import { bundleTransferProcess, KillableBackend } from './KillableBackend';
import { LinkedBackends } from './LinkedBackends';
import { hashesBelow, hashOf } from './TransferSide';

/** Blocks that may go twice for one kill: the four of a lane, and those whose records were being written. */
const RESENT_PER_KILL = 8;

/** A file of random bytes arrives whole, and little of it goes twice. */
export async function bigFileArrives({ sizeMb, kills }: { sizeMb: number; kills: number }): Promise<void> {
  const root = await emptyFolder();
  const source = join(root, 'big.bin');
  await writeRandom(source, sizeMb);
  const resent = await sendThroughKills(root, source, { blocks: sizeMb, kills });
  process.stdout.write(
    `${sizeMb} MiB, ${kills} kills: ${resent} blocks sent twice (${resent / kills} a kill)\n`,
  );
  expect(resent).toBeLessThanOrEqual(kills * RESENT_PER_KILL);
  expect(await readdir(join(root, 'downloads'))).toEqual(['big.bin']);
  expect(await hashOf(join(root, 'downloads', 'big.bin'))).toBe(await hashOf(source));
}

/** Each of many files, every other one too large to go whole, is there once and whole, and nothing beside them. */
export async function smallFilesArrive({ files, kills }: { files: number; kills: number }): Promise<void> {
  const root = await emptyFolder();
  const source = join(root, 'many');
  const inner = join(source, 'inner');
  await mkdir(inner, { recursive: true });
  for (let file = 0; file < files; file++)
    await writeFile(
      join(file % 4 < 2 ? source : inner, `file ${file}`),
      randomBytes(file % 2 === 0 ? randomInt(1, 6000) : randomInt(66_000, 200_000)),
    );
  const [old, older] = [new Date('2020-01-02T03:04:05Z'), new Date('1966-01-02T03:04:05Z')];
  await utimes(inner, older, older);
  await utimes(source, old, old);
  const resent = await sendThroughKills(root, source, { blocks: files, kills });
  process.stdout.write(`${files} small files, ${kills} kills: ${resent} sent twice\n`);
  const received = join(root, 'downloads', 'many');
  expect(await hashesBelow(received)).toEqual(await hashesBelow(source));
  expect((await stat(received)).mtime).toEqual(old);
  expect((await stat(join(received, 'inner'))).mtime).toEqual(older);
}

/**
 * Sends a file or folder from one process to another, into `downloads`, and kills receiver and sender
 * in turns, at random moments spread over the transfer.
 * @param root where both have their profiles, `a` and `b`
 * @returns how many blocks went more than once
 */
async function sendThroughKills(
  root: string,
  source: string,
  { blocks, kills }: { blocks: number; kills: number },
): Promise<number> {
  for (const name of ['a', 'b', 'downloads']) await mkdir(join(root, name));
  const script = await bundleTransferProcess(root);
  const start = async (name: 'a' | 'b') => {
    const peerId = (name === 'a' ? 'b' : 'a').repeat(32);
    const backend = await KillableBackend.start(script, join(root, name), join(root, 'downloads'), peerId);
    afterwards(() => backend.kill());
    return backend;
  };
  let [sender, receiver] = await Promise.all([start('a'), start('b')]);
  const sent = new Map<string, number>();
  const killAt = Array.from({ length: kills }, (_, kill) =>
    Math.floor(((kill + Math.random()) * blocks) / kills),
  );
  let onBlock = (): void => undefined;
  const link = async (): Promise<LinkedBackends> => {
    const made = new LinkedBackends(sender, receiver, () => onBlock(), sent);
    await made.open();
    return made;
  };
  let linked = await link();
  const token = await sender.registerPath(source);
  const items = [{ kind: 'path-token' as const, token, path: basename(source) }];
  await sender.request('transfers:offer', { sessionId: linked.sessionId, items });
  const incoming = await vi.waitUntil(
    () => receiver.transfers.find(({ phase }) => phase === 'incoming'),
    5_000,
  );
  await receiver.request('transfers:accept', { transferId: incoming.transferId });
  for (const [kill, at] of killAt.entries()) {
    await new Promise<void>((resolve) => {
      onBlock = () => {
        if (sent.size >= at) resolve();
      };
      onBlock();
    });
    // Any moment within a block.
    await sleep(randomInt(0, 8));
    const victim = kill % 2 === 0 ? receiver : sender;
    await victim.kill();
    await linked.close();
    if (victim === receiver) receiver = await start('b');
    else sender = await start('a');
    linked = await link();
  }
  const done = (backend: KillableBackend) =>
    vi.waitUntil(() => backend.transfers.find(({ phase }) => phase === 'done'), 30_000);
  await Promise.all([done(sender), done(receiver)]);
  expect(await readdir(join(root, 'b', 'transfers'))).toEqual([]);
  return [...sent.values()].reduce((sum, count) => sum + count - 1, 0);
}

async function emptyFolder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'hither-kills-'));
  afterwards(() => rm(dir, { recursive: true, force: true, maxRetries: 5 }));
  return dir;
}

async function writeRandom(path: string, sizeMb: number): Promise<void> {
  const file = await open(path, 'w');
  for (let block = 0; block < sizeMb; block++) await file.write(randomBytes(BLOCK_BYTES));
  await file.write(randomBytes(12_345));
  await file.close();
}
