import { randomBytes, randomInt } from 'node:crypto';
import { mkdir, mkdtemp, open, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BLOCK_BYTES } from '../../src/shared/transfer/blocks';
import { bundleTransferProcess, KillableBackend } from '../support/transfer/KillableBackend';
import { LinkedBackends } from '../support/transfer/LinkedBackends';
import { hashesBelow, hashOf } from '../support/transfer/TransferSide';

/** In MiB; takes 24 s on two cores. */
const SIZE_MB = Number(process.env['HITHER_KILL_TEST_MB'] ?? 1024);
const KILLS = 20;
/** Blocks that may go twice for one kill: the four of a lane, and those whose records were being written. */
const RESENT_PER_KILL = 8;
const SMALL_FILES = 3000;
const SMALL_FILE_KILLS = 6;

describe('a transfer between two processes', () => {
  let root: string;
  const backends: KillableBackend[] = [];
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'hither-kills-'));
    for (const name of ['a', 'b', 'downloads']) await mkdir(join(root, name));
  });
  afterEach(async () => {
    for (const backend of backends.splice(0)) await backend.kill();
    await rm(root, { recursive: true, force: true });
  });

  /**
   * Sends a file or folder from a to b, and kills receiver and sender in turns, at random moments spread over the transfer.
   * @param blocks how many there are to send
   * @returns how many blocks went more than once
   */
  async function sendThroughKills(source: string, blocks: number, kills: number): Promise<number> {
    const script = await bundleTransferProcess(root);
    const start = async (name: 'a' | 'b') => {
      const peerId = (name === 'a' ? 'b' : 'a').repeat(32);
      const backend = await KillableBackend.start(script, join(root, name), join(root, 'downloads'), peerId);
      backends.push(backend);
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
      await new Promise((resolve) => setTimeout(resolve, randomInt(0, 8)));
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

  it('ends with equal hashes after kill -9 of either one, twenty times, at any moment', async () => {
    const source = join(root, 'big.bin');
    await writeRandom(source, SIZE_MB);
    const resent = await sendThroughKills(source, SIZE_MB, KILLS);
    process.stdout.write(
      `${SIZE_MB} MiB, ${KILLS} kills: ${resent} blocks sent twice (${resent / KILLS} a kill)\n`,
    );
    expect(resent).toBeLessThanOrEqual(KILLS * RESENT_PER_KILL);
    expect(await readdir(join(root, 'downloads'))).toEqual(['big.bin']);
    expect(await hashOf(join(root, 'downloads', 'big.bin'))).toBe(await hashOf(source));
  }, 300_000);

  it('ends with each of many small files there once, whole, after kill -9 of either one', async () => {
    const source = join(root, 'many');
    await mkdir(source);
    for (let file = 0; file < SMALL_FILES; file++)
      await writeFile(join(source, `file ${file}`), randomBytes(randomInt(1, 6000)));
    const resent = await sendThroughKills(source, SMALL_FILES, SMALL_FILE_KILLS);
    const received = await hashesBelow(join(root, 'downloads', 'many'));
    process.stdout.write(`${SMALL_FILES} small files, ${SMALL_FILE_KILLS} kills: ${resent} sent twice\n`);
    expect(received).toEqual(await hashesBelow(source));
  }, 120_000);
});

async function writeRandom(path: string, sizeMb: number): Promise<void> {
  const file = await open(path, 'w');
  for (let block = 0; block < sizeMb; block++) await file.write(randomBytes(BLOCK_BYTES));
  await file.write(randomBytes(12_345));
  await file.close();
}
