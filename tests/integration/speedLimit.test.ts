import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LoopbackLan } from '../support/lan/LoopbackLan';
import { until } from '../support/transfer/memory';
import { SESSION, Side } from '../support/transfer/Side';

const FILE_BYTES = 9_000_000;
const LIMIT = 6e6;
const PATIENCE_MS = 20_000;

/** Real transfers between two backends, over the lanes there are, against the clock. */
describe('the speed limit', () => {
  let root: string;
  let lans: { alice: LoopbackLan; bob: LoopbackLan };
  let alice: Side;
  let bob: Side;
  const content = randomBytes(FILE_BYTES);

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'hither-limit-'));
    await mkdir(join(root, 'alice'));
    await mkdir(join(root, 'bob'));
    lans = { alice: new LoopbackLan(), bob: new LoopbackLan() };
    alice = new Side(join(root, 'alice'), lans.alice);
    bob = new Side(join(root, 'bob'), lans.bob);
    alice.twin = bob;
    bob.twin = alice;
  });
  afterEach(async () => {
    await alice.service.close();
    await bob.service.close();
    await rm(root, { recursive: true, force: true });
  });

  const offer = async (name: string): Promise<string> => {
    const path = join(root, name);
    await writeFile(path, content);
    const items = [{ kind: 'path-token', token: alice.service.registerPath(path), path: name }];
    const { transferId } = (await alice.call('transfers:offer', { sessionId: SESSION, items })) as {
      transferId: string;
    };
    await until(() =>
      bob.views().some((view) => view.transferId === transferId && view.phase === 'incoming'),
    );
    return transferId;
  };
  const start = async (names: string[]): Promise<void> => {
    const ids: string[] = [];
    for (const name of names) ids.push(await offer(name));
    await Promise.all(ids.map((transferId) => bob.call('transfers:accept', { transferId })));
  };
  const isDone = () => [...alice.views(), ...bob.views()].every(({ phase }) => phase === 'done');
  const bothUp = () => until(() => lans.alice.isUp && lans.bob.isUp, PATIENCE_MS);
  /** Bytes a second, from now until everything has arrived. */
  const speed = async (totalBytes: number): Promise<number> => {
    const from = performance.now();
    await until(isDone, PATIENCE_MS);
    const bytesPerSecond = (totalBytes * 1000) / (performance.now() - from);
    console.log(`limit ${LIMIT / 1e6} MB/s, measured ${(bytesPerSecond / 1e6).toFixed(2)} MB/s`);
    return bytesPerSecond;
  };

  it('holds for two transfers together over one data channel', async () => {
    lans.alice.mayListen = lans.bob.mayListen = () => false;
    alice.up();
    bob.up();
    alice.service.setSpeedLimit(LIMIT);
    await start(['one', 'two']);
    const measured = await speed(2 * FILE_BYTES);
    expect(alice.carried).toBeGreaterThan(0);
    expect(measured / LIMIT).toBeGreaterThan(0.9);
    expect(measured / LIMIT).toBeLessThan(1.1);
    for (const name of ['one', 'two'])
      expect(Buffer.compare(await readFile(join(bob.dir, name)), content)).toBe(0);
  });

  it('of a page with media beside them holds sockets between the backends back, until the page goes', async () => {
    alice.up();
    bob.up();
    await bothUp();
    await alice.call('lanes:pace', { sessionId: SESSION, bytesPerSecond: LIMIT / 2 });
    await start(['one']);
    const measured = await speed(FILE_BYTES);
    expect(measured / LIMIT).toBeGreaterThan(0.2);
    expect(measured / LIMIT).toBeLessThan(0.6);
    const sent = await alice.call('lanes:pace', { sessionId: SESSION, bytesPerSecond: LIMIT / 2 });
    expect((sent as { sentBytes: number }).sentBytes).toBeGreaterThan(FILE_BYTES);
    alice.service.pageGone('page');
    await start(['two']);
    expect(await speed(FILE_BYTES)).toBeGreaterThan(1.5 * LIMIT);
  });

  it('holds over sockets between the backends, and ends when it is lifted', async () => {
    alice.up();
    bob.up();
    await bothUp();
    alice.service.setSpeedLimit(LIMIT);
    await start(['one', 'two']);
    const measured = await speed(2 * FILE_BYTES);
    expect(alice.carried).toBe(0);
    expect(measured / LIMIT).toBeGreaterThan(0.9);
    expect(measured / LIMIT).toBeLessThan(1.1);
    alice.service.setSpeedLimit(null);
    await start(['three']);
    expect(await speed(FILE_BYTES)).toBeGreaterThan(1.5 * LIMIT);
  });
});
