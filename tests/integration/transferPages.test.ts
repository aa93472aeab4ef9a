import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BLOCK_BYTES } from '../../src/shared/transfer/blocks';
import { LoopbackLan } from '../support/lan/LoopbackLan';
import { until } from '../support/transfer/memory';
import { SESSION, Side } from '../support/transfer/Side';

/** A machine that does other things too gets this long, in ms. */
const PATIENCE_MS = 25_000;
/** How `Side` calls its page. */
const PAGE = 'page';
const AWAY = { code: 'page-away', facts: {} };

describe.each(['lan', 'data-channel'] as const)('what a page sends over a %s lane', (kind) => {
  let root: string;
  let alice: Side;
  let bob: Side;
  let lan: LoopbackLan | undefined;
  const bytes = new Uint8Array(randomBytes(30 * BLOCK_BYTES + 5));

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'hither-pages-'));
    for (const name of ['alice', 'bob']) await mkdir(join(root, name));
    lan = kind === 'lan' ? new LoopbackLan() : undefined;
    alice = new Side(join(root, 'alice'), lan);
    bob = new Side(join(root, 'bob'), kind === 'lan' ? new LoopbackLan() : undefined);
    alice.twin = bob;
    bob.twin = alice;
    alice.pageFiles.set('file-1', bytes);
    // So that it is still under way when something happens to its page.
    alice.service.setSpeedLimit(20e6);
    alice.up();
    bob.up();
    if (lan) await until(() => lan?.isUp === true, PATIENCE_MS);
  });
  afterEach(async () => {
    await alice.service.close();
    await bob.service.close();
    await rm(root, { recursive: true, force: true });
  });

  const offer = async (): Promise<void> => {
    const items = [
      { kind: 'page-file', sourceId: 'file-1', path: 'mine', sizeBytes: bytes.length, modifiedMs: 5 },
    ];
    await alice.call('transfers:offer', { sessionId: SESSION, items });
  };
  const accept = async (): Promise<void> => {
    await until(() => bob.views()[0]?.phase === 'incoming');
    await bob.call('transfers:accept', { transferId: bob.views()[0]?.transferId });
  };
  const someHaveCome = () => until(() => (bob.views()[0]?.doneBytes ?? 0) >= 3 * BLOCK_BYTES, PATIENCE_MS);
  /** Another page comes into use, and the lanes are its own from now on. */
  const setAside = (): void => {
    alice.service.pageGone(PAGE);
    alice.service.pageAttached('another');
    if (kind === 'data-channel') alice.up();
  };
  const bringBack = (): void => {
    alice.service.pageGone('another');
    alice.service.pageAttached(PAGE);
    if (kind === 'data-channel') alice.up();
    alice.service.setSpeedLimit(null);
  };
  const expectBothAway = async (): Promise<void> => {
    await until(() => bob.views()[0]?.phase === 'paused');
    expect(alice.views()[0]).toMatchObject({
      phase: 'paused',
      pausedBy: 'me',
      failure: AWAY,
      canRetry: false,
    });
    expect(bob.views()[0]).toMatchObject({ phase: 'paused', pausedBy: 'peer', failure: AWAY });
  };
  const expectArrived = async (): Promise<void> => {
    await until(() => [alice, bob].every((side) => side.views()[0]?.phase === 'done'), PATIENCE_MS);
    expect(Buffer.compare(await readFile(join(bob.dir, 'mine')), bytes)).toBe(0);
    expect(await readdir(bob.dir)).toEqual(['mine']);
  };

  it('waits while another page is in use, asks that one for nothing, and goes on where it was', async () => {
    await offer();
    expect(alice.service.sendsOf(PAGE)).toEqual([{ peerName: 'Twin', fileCount: 1 }]);
    await accept();
    await someHaveCome();
    const asked: unknown[] = [];
    alice.events.on('sources:read', (read) => asked.push(read));
    alice.events.on('lanes:sendBlock', (order) => asked.push(order));
    // It goes with something that it was asked for.
    alice.isPageStill = true;
    await until(() => asked.length > 0);
    setAside();
    alice.isPageStill = false;
    asked.length = 0;
    await expectBothAway();
    // A lane that comes up or goes changes nothing.
    alice.down();
    alice.up();
    expect(alice.service.sendsOf(PAGE)).toEqual([{ peerName: 'Twin', fileCount: 1 }]);
    expect(alice.service.sendsOf('another')).toEqual([]);
    expect([asked, alice.views()[0]?.phase]).toEqual([[], 'paused']);
    const before = bob.views()[0]?.doneBytes ?? 0;
    bringBack();
    await expectArrived();
    const blocks = Math.ceil(bytes.length / BLOCK_BYTES);
    expect(before).toBeGreaterThanOrEqual(3 * BLOCK_BYTES);
    if (kind === 'data-channel') expect(asked.length).toBeLessThanOrEqual(blocks - 3);
    expect(alice.service.sendsOf(PAGE)).toEqual([]);
  });

  it('may be accepted meanwhile', async () => {
    await offer();
    await until(() => bob.views()[0]?.phase === 'incoming');
    setAside();
    await accept();
    await expectBothAway();
    bringBack();
    await expectArrived();
  });

  it('stays held by a person who held it before, or does meanwhile', async () => {
    await offer();
    await accept();
    await someHaveCome();
    alice.call('transfers:pauseAll', {});
    setAside();
    expect(alice.views()[0]).toMatchObject({ phase: 'paused', pausedBy: 'me', failure: null });
    alice.call('transfers:resumeAll', {});
    await expectBothAway();
    alice.call('transfers:pauseAll', {});
    bringBack();
    expect(alice.views()[0]).toMatchObject({ phase: 'paused', pausedBy: 'me', failure: null });
    await until(() => bob.views()[0]?.failure === null);
    alice.call('transfers:resumeAll', {});
    await expectArrived();
  });

  it('waits in a new session, too', async () => {
    await offer();
    await accept();
    await someHaveCome();
    setAside();
    await expectBothAway();
    alice.endSession();
    bob.endSession();
    alice.up();
    bob.up();
    await expectBothAway();
    bringBack();
    await expectArrived();
  });

  it('fails when the page is closed while it is set aside, and the peer is told', async () => {
    await offer();
    await accept();
    await someHaveCome();
    setAside();
    alice.service.pageClosed(PAGE);
    await until(() => bob.views()[0]?.phase === 'failed');
    for (const side of [alice, bob])
      expect(side.views()[0]).toMatchObject({ phase: 'failed', failure: { code: 'page-gone' } });
  });

  it.each([
    ['aside', 'offered'],
    ['closed', 'failed'],
  ] as const)('knows of a page that was %s while its offer was put together', async (standing, phase) => {
    alice.standing = standing;
    await offer();
    expect(alice.views()[0]?.phase).toBe(phase);
    if (standing === 'closed') return;
    await accept();
    await expectBothAway();
  });
});
