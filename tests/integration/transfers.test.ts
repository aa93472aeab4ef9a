import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MAX_PICTURE_BYTES } from '../../src/shared/pictures';
import { until } from '../support/transfer/memory';
import { rawFile } from '../support/transfer/RawPeer';
import { hashesBelow, hashOf, TransferSide } from '../support/transfer/TransferSide';

const SESSION = '5'.repeat(32);

describe('two backends with a lane between them', () => {
  let root: string;
  let alice: TransferSide;
  let bob: TransferSide;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'hither-transfers-'));
    await mkdir(join(root, 'alice'));
    await mkdir(join(root, 'bob'));
    alice = new TransferSide(join(root, 'alice'), 'a'.repeat(32));
    bob = new TransferSide(join(root, 'bob'), 'b'.repeat(32));
    alice.join(bob);
    alice.up();
    bob.up();
  });
  afterEach(async () => {
    await alice.service.close();
    await bob.service.close();
    await rm(root, { recursive: true, force: true });
  });

  const offerOfOne = { type: 'offer', streamNo: 1, entryCount: 1, totalBytes: 1, digest: 'sha-256' };
  const offer = async (side: TransferSide, path: string, name: string): Promise<string> => {
    const token = side.service.registerPath(path);
    const items = [{ kind: 'path-token', token, path: name }];
    return ((await side.call('transfers:offer', { sessionId: SESSION, items })) as { transferId: string })
      .transferId;
  };

  it('move a tree with awkward names, and the receiver sees the list first', async () => {
    const tree = join(root, 'tree');
    await mkdir(join(tree, '깊은', 'deep'), { recursive: true });
    await writeFile(join(tree, '깊은', 'deep', '한글 🎉.bin'), randomBytes(3_000_000));
    await writeFile(join(tree, 'empty'), '');
    await writeFile(join(tree, 'one'), '1');
    const transferId = await offer(alice, tree, 'tree');
    await until(() => bob.views()[0]?.phase === 'incoming');
    expect(bob.views()[0]).toMatchObject({
      peerName: 'Twin',
      fileCount: 3,
      totalBytes: 3_000_001,
      rootNames: ['tree'],
    });
    const page = bob.call('transfers:entries', { transferId, from: 0, count: 500 });
    expect(page).toMatchObject({ total: 3, entries: [{ path: 'tree/empty' }, { path: 'tree/one' }, {}] });
    expect(await readdir(bob.dir)).toEqual([]);
    await bob.call('transfers:accept', { transferId });
    await until(() => alice.views()[0]?.phase === 'done' && bob.views()[0]?.phase === 'done');
    expect(await hashesBelow(join(bob.dir, 'tree'))).toEqual(await hashesBelow(tree));
    await bob.call('transfers:reveal', { transferId });
    expect(bob.revealed).toEqual([join(bob.dir, 'tree')]);
  });

  it('give a page the picture that came by itself, and no other file', async () => {
    const send = async (name: string, bytes: Uint8Array | string) => {
      await writeFile(join(root, name), bytes);
      const transferId = await offer(alice, join(root, name), name);
      await until(() => bob.views().some((view) => view.transferId === transferId));
      const early = bob.call('transfers:picture', { transferId }) as Promise<unknown>;
      await expect(early, 'before it is there').rejects.toMatchObject({ code: 'not-allowed' });
      await bob.call('transfers:accept', { transferId });
      await until(() => bob.views().find((view) => view.transferId === transferId)?.phase === 'done');
      return transferId;
    };
    const picture = (side: TransferSide, transferId: string) =>
      side.call('transfers:picture', { transferId }) as Promise<{ bytes: Uint8Array }>;
    const bytes = randomBytes(100_000);
    const shot = await send('shot.PNG', bytes);
    expect(Buffer.from((await picture(bob, shot)).bytes).equals(bytes)).toBe(true);
    await expect(picture(alice, shot), 'of the sender').rejects.toMatchObject({ code: 'not-allowed' });
    const text = await send('notes.txt', 'secret');
    await expect(picture(bob, text)).rejects.toMatchObject({ code: 'not-allowed' });
    await rm(join(bob.dir, 'shot.PNG'));
    await expect(picture(bob, shot)).rejects.toMatchObject({ code: 'source-missing' });
    await symlink(join(bob.dir, 'notes.txt'), join(bob.dir, 'shot.PNG'));
    await expect(picture(bob, shot)).rejects.toMatchObject({ code: 'source-unreadable' });
    await rm(join(bob.dir, 'shot.PNG'));
    await writeFile(join(bob.dir, 'shot.PNG'), randomBytes(MAX_PICTURE_BYTES + 1));
    await expect(picture(bob, shot)).rejects.toMatchObject({ code: 'file-too-large' });
  });

  it('move folders with their times and what is in them, and name the links that stay behind', async () => {
    const tree = join(root, 'app');
    for (const release of ['1', '2']) {
      await mkdir(join(tree, 'releases', release), { recursive: true });
      await writeFile(join(tree, 'releases', release, 'index.html'), release);
    }
    await mkdir(join(tree, 'none'));
    await symlink('releases/2', join(tree, 'current'));
    await writeFile(join(tree, 'run'), '#!', { mode: 0o755 });
    const folders = ['none', 'releases/1', 'releases/2', 'releases', ''];
    const timeOf = (index: number) => Date.UTC(2001 + index, 1, 2, 3, 4, 5);
    for (const [index, folder] of folders.entries())
      await utimes(join(tree, folder), new Date(timeOf(index)), new Date(timeOf(index)));
    const transferId = await offer(alice, tree, 'app');
    await until(() => bob.views()[0]?.phase === 'incoming');
    expect(bob.views()[0]).toMatchObject({ fileCount: 3, folderCount: 1 });
    const page = bob.call('transfers:entries', { transferId, from: 0, count: 500 });
    const paths = ['app/none', 'app/releases/1/index.html', 'app/releases/2/index.html', 'app/run'];
    expect(page).toMatchObject({ total: 4, entries: paths.map((path) => ({ path })) });
    await bob.call('transfers:accept', { transferId });
    await until(() => [alice, bob].every((side) => side.views()[0]?.phase === 'done'));
    const leftOut = [{ reason: 'link', count: 1, names: ['app/current'] }];
    expect(alice.views()[0]).toMatchObject({ leftOut, doneFiles: 3 });
    const received = join(bob.dir, 'app');
    expect(await hashesBelow(received)).toEqual(await hashesBelow(tree));
    for (const [index, folder] of folders.entries())
      expect((await stat(join(received, folder))).mtimeMs).toBe(timeOf(index));
    expect((await stat(join(received, 'run'))).mode & 0o100).toBe(0o100);
  });

  it('go on after the link was down, and say what was cancelled meanwhile', async () => {
    const path = join(root, 'big');
    await writeFile(path, randomBytes(40_000_000));
    const kept = await offer(alice, path, 'kept');
    const dropped = await offer(alice, path, 'dropped');
    await until(() => bob.views().filter(({ phase }) => phase === 'incoming').length === 2);
    await bob.call('transfers:accept', { transferId: kept });
    await bob.call('transfers:accept', { transferId: dropped });
    await until(() => bob.views().every(({ doneBytes }) => doneBytes > 2_000_000));
    alice.down();
    bob.down();
    const phaseOf = (side: TransferSide, id: string) =>
      side.views().find(({ transferId }) => transferId === id)?.phase;
    await until(() => phaseOf(alice, kept) === 'waiting' && phaseOf(bob, kept) === 'waiting');
    bob.call('transfers:cancel', { transferId: dropped });
    alice.up();
    bob.up();
    await until(() => phaseOf(alice, kept) === 'done' && phaseOf(alice, dropped) === 'cancelled');
    expect(await readdir(bob.dir)).toEqual(['kept']);
    expect(await hashesBelow(bob.dir)).toEqual({
      kept: createHash('sha256')
        .update(await readFile(path))
        .digest('hex'),
    });
  });

  it('find what came damaged, fetch it again, and count it for the person', async () => {
    const path = join(root, 'big');
    await writeFile(path, randomBytes(20_000_000));
    await offer(alice, path, 'big');
    await until(() => bob.views()[0]?.phase === 'incoming');
    const call = bob.call.bind(bob);
    let packets = 0;
    bob.call = (name, args) => {
      if (name !== 'lanes:packet' || ++packets % 100 !== 0) return call(name, args);
      const bytes = (args as { bytes: Uint8Array }).bytes.slice();
      bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1;
      return call(name, { ...args, bytes });
    };
    await bob.call('transfers:accept', { transferId: bob.views()[0]?.transferId });
    await until(() => [alice, bob].every((side) => side.views()[0]?.phase === 'done'));
    expect(bob.views()[0]?.lostBlocks).toBe(bob.sent.filter(({ type }) => type === 'refetch').length);
    expect(bob.views()[0]?.lostBlocks).toBeGreaterThan(0);
    expect(alice.views()[0]?.lostBlocks).toBe(bob.views()[0]?.lostBlocks);
    expect(await hashesBelow(bob.dir)).toEqual({ big: await hashOf(path) });
  });

  it('refuse a hostile name on both screens, and write nothing', () => {
    const transferId = '6'.repeat(32);
    const message = (more: object) => ({ sessionId: SESSION, message: { transferId, ...more } });
    bob.receive(message(offerOfOne));
    const entries = [{ kind: 'file', path: '../../evil', sizeBytes: 1 }];
    bob.receive(message({ type: 'offer-entries', entries }));
    expect(bob.sent.at(-1)).toMatchObject({ type: 'decline', failure: { code: 'hostile-name' } });
    expect(bob.views()[0]).toMatchObject({ phase: 'failed', failure: { code: 'hostile-name' } });
  });

  it('decline an offer whose blocks are hashed in a way they do not know, while others go on', async () => {
    const path = join(root, 'other');
    await writeFile(path, randomBytes(20_000_000));
    const other = await offer(alice, path, 'other');
    await until(() => bob.views()[0]?.phase === 'incoming');
    await bob.call('transfers:accept', { transferId: other });
    const transferId = '6'.repeat(32);
    const message = (more: object) => ({ sessionId: SESSION, message: { transferId, ...more } });
    bob.receive(message({ ...offerOfOne, streamNo: 2, digest: 'blake3' }));
    bob.receive(message({ type: 'offer-entries', entries: [rawFile('a', '1').entry] }));
    const failure = { code: 'unknown-digest', facts: { digest: 'blake3' } };
    expect(bob.sent.filter(({ type }) => type === 'decline')).toEqual([
      { type: 'decline', transferId, failure },
    ]);
    const viewOf = (id: string) => bob.views().find((view) => view.transferId === id);
    expect(viewOf(transferId)).toMatchObject({ phase: 'failed', failure });
    await until(() => [alice, bob].every((side) => side.views().some(({ phase }) => phase === 'done')));
    expect(viewOf(other)?.phase).toBe('done');
    expect(await hashesBelow(bob.dir)).toEqual({ other: await hashOf(path) });
  });

  it('remember only some of the offers that ended, however many a peer makes', () => {
    const offerHostile = (number: number): void => {
      const transferId = number.toString(16).padStart(32, '0');
      const message = (more: object) => ({ sessionId: SESSION, message: { transferId, ...more } });
      const entries = [{ kind: 'file', path: '../evil', sizeBytes: 1 }];
      bob.receive(message(offerOfOne));
      bob.receive(message({ type: 'offer-entries', entries }));
    };
    for (let number = 0; number < 100; number++) offerHostile(number);
    bob.endSession();
    bob.sent.length = 0;
    alice.join(bob, '7'.repeat(32));
    bob.up();
    expect(bob.sent.filter(({ type }) => type === 'decline').length).toBeLessThanOrEqual(33);
  });

  it('refuse an offer whose entries contradict it', () => {
    const transferId = '6'.repeat(32);
    const message = (more: object) => ({ sessionId: SESSION, message: { transferId, ...more } });
    bob.receive(message(offerOfOne));
    const entries = [{ kind: 'file', path: 'a', sizeBytes: 5000 }];
    bob.receive(message({ type: 'offer-entries', entries }));
    expect(bob.sent.at(-1)).toMatchObject({ type: 'decline', failure: { code: 'protocol-violation' } });
  });

  it('let only so many offers wait for an answer', async () => {
    const path = join(root, 'small');
    await writeFile(path, 'x');
    for (let count = 0; count < 20; count++) await offer(alice, path, `f${String(count)}`);
    await until(() => alice.views().filter(({ phase }) => phase === 'declined').length === 4);
    expect(bob.views()).toHaveLength(16);
  });

  it('update the page at most ten times a second', async () => {
    const path = join(root, 'big');
    await writeFile(path, randomBytes(60_000_000));
    const transferId = await offer(alice, path, 'big');
    await until(() => bob.views()[0]?.phase === 'incoming');
    const startMs = Date.now();
    bob.updates = 0;
    await bob.call('transfers:accept', { transferId });
    await until(() => bob.views()[0]?.phase === 'done');
    const seconds = (Date.now() - startMs) / 1000;
    expect(bob.updates).toBeLessThanOrEqual(Math.ceil(seconds * 10) + 1);
  });

  it('wait when the session ends, and go on in the next one with the same device', async () => {
    const path = join(root, 'big');
    await writeFile(path, randomBytes(60_000_000));
    const transferId = await offer(alice, path, 'big');
    await until(() => bob.views()[0]?.phase === 'incoming');
    await bob.call('transfers:accept', { transferId });
    await until(() => (bob.views()[0]?.doneBytes ?? 0) > 5_000_000);
    alice.endSession();
    bob.endSession();
    expect(alice.views()[0]).toMatchObject({ phase: 'waiting' });
    expect(bob.views()[0]).toMatchObject({ phase: 'waiting' });
    alice.join(bob, '7'.repeat(32));
    alice.up();
    bob.up();
    await until(() => alice.views()[0]?.phase === 'done' && bob.views()[0]?.phase === 'done');
    expect(bob.views()[0]?.sessionId).toBe('7'.repeat(32));
    expect(await hashesBelow(bob.dir)).toEqual({ big: await hashOf(path) });
  });

  it('offer again in the next session what was not answered in this one', async () => {
    const path = join(root, 'small');
    await writeFile(path, 'x');
    await offer(alice, path, 'small');
    await until(() => bob.views()[0]?.phase === 'incoming');
    alice.endSession();
    bob.endSession();
    expect(bob.views().filter(({ phase }) => phase === 'incoming')).toEqual([]);
    alice.join(bob, '7'.repeat(32));
    alice.up();
    bob.up();
    await until(() => bob.views().some(({ phase }) => phase === 'incoming'));
    expect(alice.views().map(({ phase }) => phase)).toEqual(['offered']);
  });

  it('are not heard in the session of another device', async () => {
    const path = join(root, 'big');
    await writeFile(path, randomBytes(60_000_000));
    const transferId = await offer(alice, path, 'big');
    await until(() => bob.views()[0]?.phase === 'incoming');
    await bob.call('transfers:accept', { transferId });
    await until(() => (bob.views()[0]?.doneBytes ?? 0) > 0);
    bob.peers.set('8'.repeat(32), { deviceId: 'c'.repeat(32), name: 'Mallory' });
    bob.open('8'.repeat(32));
    bob.call('lanes:open', { sessionId: '8'.repeat(32), laneId: 'evil', maxPacketBytes: 65_536 });
    for (const type of ['cancel', 'done', 'pause'])
      bob.receive({ sessionId: '8'.repeat(32), message: { type, transferId } });
    await until(() => bob.views()[0]?.phase === 'done');
  });
});
