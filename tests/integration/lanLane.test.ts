import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CuttableRelay } from '../support/lan/CuttableRelay';
import { LoopbackLan } from '../support/lan/LoopbackLan';
import { until } from '../support/transfer/memory';
import { SESSION, Side } from '../support/transfer/Side';

/** A machine that does other things too gets this long, in ms. */
const PATIENCE_MS = 25_000;

describe('two backends that can reach each other', () => {
  let root: string;
  let lans: { alice: LoopbackLan; bob: LoopbackLan };
  let alice: Side;
  let bob: Side;
  const relays: CuttableRelay[] = [];

  const start = async (): Promise<void> => {
    root = await mkdtemp(join(tmpdir(), 'hither-lan-'));
    await mkdir(join(root, 'alice'));
    await mkdir(join(root, 'bob'));
    lans = { alice: new LoopbackLan(), bob: new LoopbackLan() };
    alice = new Side(join(root, 'alice'), lans.alice);
    bob = new Side(join(root, 'bob'), lans.bob);
    alice.twin = bob;
    bob.twin = alice;
  };
  const link = (): void => {
    alice.up();
    bob.up();
  };
  beforeEach(start);
  afterEach(async () => {
    await alice.service.close();
    await bob.service.close();
    for (const relay of relays.splice(0)) await relay.close();
    await rm(root, { recursive: true, force: true });
  });

  const offer = async (from: Side, to: Side, bytes: Uint8Array, name = 'big'): Promise<string> => {
    const path = join(root, name);
    await writeFile(path, bytes);
    const token = from.service.registerPath(path);
    const items = [{ kind: 'path-token', token, path: name }];
    const { transferId } = (await from.call('transfers:offer', { sessionId: SESSION, items })) as {
      transferId: string;
    };
    await until(() => to.views().some((view) => view.transferId === transferId && view.phase === 'incoming'));
    return transferId;
  };
  const phase = (side: Side, id: string) => side.views().find((view) => view.transferId === id)?.phase;
  const isDone = (id: string) => () => phase(alice, id) === 'done' && phase(bob, id) === 'done';
  const bothUp = () => until(() => lans.alice.isUp && lans.bob.isUp, PATIENCE_MS);

  it('move files over one socket of their own, both ways at once', async () => {
    link();
    await bothUp();
    const [there, back] = [randomBytes(40_000_000), randomBytes(30_000_000)];
    const first = await offer(alice, bob, there, 'there');
    const second = await offer(bob, alice, back, 'back');
    await Promise.all([
      bob.call('transfers:accept', { transferId: first }),
      alice.call('transfers:accept', { transferId: second }),
    ]);
    expect(bob.views()[0]?.laneKinds).toEqual(['lan']);
    await until(() => isDone(first)() && isDone(second)(), PATIENCE_MS);
    expect(Buffer.compare(await readFile(join(bob.dir, 'there')), there)).toBe(0);
    expect(Buffer.compare(await readFile(join(alice.dir, 'back')), back)).toBe(0);
    // Not a block went through the pages.
    expect(alice.carried + bob.carried).toBe(0);
    expect(lans.alice.ups + lans.bob.ups).toBe(2);
  });

  it('need only one that may listen', async () => {
    lans.alice.mayListen = () => false;
    link();
    await bothUp();
    const bytes = randomBytes(5_000_000);
    const transferId = await offer(alice, bob, bytes);
    await bob.call('transfers:accept', { transferId });
    await until(isDone(transferId), PATIENCE_MS);
    expect(Buffer.compare(await readFile(join(bob.dir, 'big')), bytes)).toBe(0);
    expect(alice.sent.find(({ type }) => type === 'lane-offer')).toMatchObject({ addresses: [], port: 0 });
  });

  it('stay with the data channels where neither may listen', async () => {
    lans.alice.mayListen = lans.bob.mayListen = () => false;
    link();
    const transferId = await offer(alice, bob, randomBytes(5_000_000));
    await bob.call('transfers:accept', { transferId });
    await until(isDone(transferId), PATIENCE_MS);
    expect(alice.carried).toBeGreaterThan(0);
    expect(lans.alice.ups).toBe(0);
  });

  it('go on over the data channels when the socket dies without a word, and come back to it', async () => {
    let isFrozen = false;
    alice.through = async (message) => {
      if (message.type !== 'lane-offer' || message.port === 0) return message;
      const relay = await CuttableRelay.before(message.port);
      if (isFrozen) relay.cut();
      relays.push(relay);
      return { ...message, port: relay.port };
    };
    lans.bob.mayListen = () => false;
    lans.alice.timings = lans.bob.timings = {
      heartbeatMs: 50,
      silenceMs: 400,
      redial: { firstMs: 200, longestMs: 200 },
    };
    link();
    await bothUp();
    const bytes = randomBytes(300_000_000);
    const transferId = await offer(alice, bob, bytes);
    await bob.call('transfers:accept', { transferId });
    await until(() => (bob.views()[0]?.doneBytes ?? 0) > 10_000_000, PATIENCE_MS);
    isFrozen = true;
    for (const relay of relays) relay.freeze();
    const carried = alice.carried;
    await until(() => alice.carried > carried + 20, PATIENCE_MS);
    expect(phase(alice, transferId)).toBe('active');
    expect(bob.views()[0]?.laneKinds).toEqual(['data-channel']);
    isFrozen = false;
    for (const relay of relays) relay.mend();
    await until(() => bob.views()[0]?.laneKinds[0] === 'lan', PATIENCE_MS);
    await until(isDone(transferId), PATIENCE_MS);
    expect(Buffer.compare(await readFile(join(bob.dir, 'big')), bytes)).toBe(0);
    expect(bob.sent.some(({ type }) => type === 'resume')).toBe(false);
  });

  it('have no lane on a path that carries nothing but short words, and one as soon as it carries', async () => {
    alice.through = async (message) => {
      if (message.type !== 'lane-offer' || message.port === 0) return message;
      const relay = await CuttableRelay.before(message.port);
      // Enough for the handshake of TLS.
      relay.carriesBytes = 8 * 1024;
      relays.push(relay);
      return { ...message, port: relay.port };
    };
    lans.bob.mayListen = () => false;
    lans.alice.timings = lans.bob.timings = {
      handshakeTimeoutMs: 300,
      redial: { firstMs: 100, longestMs: 100 },
    };
    link();
    await until(() => (relays[0]?.connections ?? 0) >= 3, PATIENCE_MS);
    const transferId = await offer(alice, bob, randomBytes(5_000_000));
    await bob.call('transfers:accept', { transferId });
    await until(isDone(transferId), PATIENCE_MS);
    expect([lans.alice.ups, lans.bob.ups, relays.length]).toEqual([0, 0, 1]);
    relays[0]!.carriesBytes = Infinity;
    await bothUp();
    expect(relays).toHaveLength(1);
  });

  it('are offered a lane ever more rarely while it comes up and does not hold', async () => {
    const offeredMs: number[] = [];
    alice.through = async (message) => {
      if (message.type !== 'lane-offer' || message.port === 0) return message;
      offeredMs.push(performance.now());
      const relay = await CuttableRelay.before(message.port);
      relays.push(relay);
      return { ...message, port: relay.port };
    };
    lans.bob.mayListen = () => false;
    lans.alice.timings = lans.bob.timings = { redial: { firstMs: 200, longestMs: 10_000 } };
    link();
    for (let n = 1; n <= 3; n++) {
      await until(() => lans.alice.ups === n && lans.bob.ups === n, PATIENCE_MS);
      relays.at(-1)?.cut();
      await until(() => !lans.alice.isUp && !lans.bob.isUp, PATIENCE_MS);
    }
    await bothUp();
    const pausesMs = offeredMs.slice(1).map((atMs, index) => atMs - (offeredMs[index] ?? 0));
    expect(pausesMs).toHaveLength(3);
    // A timer of Node may fire a millisecond early.
    for (const [index, pauseMs] of pausesMs.entries()) expect(pauseMs).toBeGreaterThan(190 * 2 ** index);
  });

  it('go on over the socket when the link between the pages goes', async () => {
    link();
    await bothUp();
    const bytes = randomBytes(100_000_000);
    const transferId = await offer(alice, bob, bytes);
    await bob.call('transfers:accept', { transferId });
    await until(() => (bob.views()[0]?.doneBytes ?? 0) > 5_000_000, PATIENCE_MS);
    alice.down();
    bob.down();
    await until(isDone(transferId), PATIENCE_MS);
    expect(lans.alice.ups).toBe(1);
    expect(Buffer.compare(await readFile(join(bob.dir, 'big')), bytes)).toBe(0);
  });

  it('survive that a lane goes while the peer can be told nothing', async () => {
    link();
    await bothUp();
    const unhandled: unknown[] = [];
    const note = (reason: unknown): void => void unhandled.push(reason);
    process.on('unhandledRejection', note);
    try {
      alice.isUnheard = true;
      await bob.service.close();
      await until(() => !lans.alice.isUp, PATIENCE_MS);
      // What came of it has been heard by the next turn.
      await new Promise((resolve) => setTimeout(resolve, 50));
    } finally {
      process.off('unhandledRejection', note);
    }
    expect(unhandled).toEqual([]);
  });

  it('close the socket with its session, and open another with the next', async () => {
    link();
    await bothUp();
    const bytes = randomBytes(100_000_000);
    const transferId = await offer(alice, bob, bytes);
    await bob.call('transfers:accept', { transferId });
    await until(() => (bob.views()[0]?.doneBytes ?? 0) > 5_000_000, PATIENCE_MS);
    alice.endSession();
    bob.endSession();
    await until(() => !lans.alice.isUp && !lans.bob.isUp, PATIENCE_MS);
    expect(phase(bob, transferId)).toBe('waiting');
    link();
    await bothUp();
    await until(isDone(transferId), PATIENCE_MS);
    expect(Buffer.compare(await readFile(join(bob.dir, 'big')), bytes)).toBe(0);
    expect(await readdir(bob.dir)).toEqual(['big']);
  });

  it("carry a page's own file, which the page gives to its backend", async () => {
    link();
    await bothUp();
    const bytes = new Uint8Array(randomBytes(12_345_678));
    alice.pageFiles.set('file-1', bytes);
    const items = [
      { kind: 'page-file', sourceId: 'file-1', path: 'mine', sizeBytes: bytes.length, modifiedMs: 5 },
    ];
    const { transferId } = (await alice.call('transfers:offer', { sessionId: SESSION, items })) as {
      transferId: string;
    };
    await until(() => bob.views()[0]?.phase === 'incoming');
    await bob.call('transfers:accept', { transferId });
    await until(isDone(transferId), PATIENCE_MS);
    expect(Buffer.compare(await readFile(join(bob.dir, 'mine')), bytes)).toBe(0);
    expect(alice.carried).toBe(0);
  });

  it('listen no longer once the person forbids it, and again when it is allowed', async () => {
    // Nobody comes: the peer has no lanes.
    lans.bob.mayListen = () => false;
    lans.bob.mayDial = () => false;
    link();
    const offers = () =>
      alice.sent.flatMap((message) => (message.type === 'lane-offer' ? [message.port] : []));
    await until(() => (offers().at(-1) ?? 0) > 0);
    const [port = 0] = offers();
    expect(await LoopbackLan.isOpen(port)).toBe(true);
    lans.alice.mayListen = () => false;
    alice.service.listeningChanged();
    await until(() => offers().at(-1) === 0);
    expect(await LoopbackLan.isOpen(port)).toBe(false);
    lans.alice.mayListen = () => true;
    alice.service.listeningChanged();
    await until(() => (offers().at(-1) ?? 0) > 0);
  });
});
