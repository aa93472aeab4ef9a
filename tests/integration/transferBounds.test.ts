import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fromHex } from '../../src/shared/ids';
import { TransferMessage } from '../../src/shared/protocol/transfer';
import { BLOCK_BYTES } from '../../src/shared/transfer/blocks';
import { MAX_OFFER_TEXT } from '../../src/shared/transfer/manifest/offer';
import { BlockAssembler, packetsOf } from '../../src/shared/transfer/packets';
import { sha256, until } from '../support/transfer/memory';
import { TransferSide } from '../support/transfer/TransferSide';

const TRANSFER = '6'.repeat(32);
const DIGEST = 'f'.repeat(64);

describe('a hostile sender', () => {
  let root: string;
  let bob: TransferSide;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'hither-bounds-'));
    await mkdir(join(root, 'bob'));
    bob = new TransferSide(join(root, 'bob'), 'b'.repeat(32));
    bob.join(new TransferSide(root, 'a'.repeat(32)));
    bob.twin = null;
    bob.up();
  });
  afterEach(async () => {
    await bob.service.close();
    await rm(root, { recursive: true, force: true });
  });

  const say = (message: object): unknown =>
    bob.receive({
      sessionId: bob.sessionId,
      message: { transferId: TRANSFER, ...message },
    });
  const offer = (sizes: number[], totalBytes = sizes.reduce((a, b) => a + b, 0)): void => {
    say({ type: 'offer', streamNo: 1, entryCount: sizes.length, totalBytes, digest: 'sha-256' });
    for (let from = 0; from < sizes.length; from += 200) {
      const entries = sizes
        .slice(from, from + 200)
        .map((sizeBytes, index) => ({ kind: 'file', path: `f${String(from + index)}`, sizeBytes }));
      say({ type: 'offer-entries', entries });
    }
  };
  const accepted = async (sizes: number[]): Promise<void> => {
    offer(sizes);
    await bob.call('transfers:accept', { transferId: TRANSFER });
  };
  const block = (fileIndex: number, blockIndex: number, bytes: Uint8Array<ArrayBuffer>, streamNo = 1) =>
    // All packets use the same memory.
    Array.from(
      packetsOf({ streamNo, fileIndex, blockIndex, bytes, digest: sha256(bytes) }, 65_536),
      (packet) => packet.slice(),
    );
  const send = async (packets: Uint8Array[]): Promise<void> => {
    for (const bytes of packets) await bob.call('lanes:packet', { laneId: bob.laneId, bytes });
  };

  it('can announce digests without end: none is waited for, and each file has one', async () => {
    await accepted(Array.from({ length: 500 }, (_, file) => (file < 64 ? BLOCK_BYTES + 1 : 10)));
    // As many files as may be open are, and stay so: whatever is about others would have to wait.
    for (let file = 0; file < 64; file++) await send(block(file, 0, new Uint8Array(BLOCK_BYTES)));
    const before = process.memoryUsage().heapUsed;
    for (let round = 0; round < 6000; round++) {
      const digests = Array.from({ length: 500 }, (_, file) => ({ file, digest: DIGEST }));
      say({ type: 'file-digests', digests });
      // Messages come one by one; what is done with each is over by the next, or waits.
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect((process.memoryUsage().heapUsed - before) / 1e6).toBeLessThan(60);
    expect(bob.view()?.phase).toBe('active');
  });

  it('can’t have thousands of empty files opened at once, nor one of them twice', async () => {
    await accepted(Array.from({ length: 3000 }, () => 0));
    const digest = Buffer.from(sha256(new Uint8Array())).toString('hex');
    for (let round = 0; round < 3; round++)
      for (let from = 0; from < 3000; from += 500)
        say({
          type: 'file-digests',
          digests: Array.from({ length: 500 }, (_, file) => ({ file: from + file, digest })),
        });
    await until(() => bob.view()?.phase === 'done', 20_000);
    expect(await readdir(bob.dir)).toHaveLength(3000);
  });

  it('is not listened to beyond 100,000 entries', () => {
    const message = {
      type: 'offer',
      transferId: TRANSFER,
      streamNo: 1,
      entryCount: 1_000_000,
      totalBytes: 0,
      digest: 'sha-256',
    };
    expect(TransferMessage.safeParse({ ...message, entryCount: 100_000 }).success).toBe(true);
    expect(TransferMessage.safeParse(message).success).toBe(false);
    const entries = Array.from({ length: 201 }, () => ({ kind: 'file', path: 'a', sizeBytes: 0 }));
    expect(TransferMessage.safeParse({ type: 'offer-entries', transferId: TRANSFER, entries }).success).toBe(
      false,
    );
    offer([1, 2]);
    say({ type: 'offer-entries', entries: [{ kind: 'file', path: 'more', sizeBytes: 1 }] });
    expect(bob.call('transfers:entries', { transferId: TRANSFER, from: 0, count: 500 })).toMatchObject({
      total: 2,
    });
  });

  describe('with offers that nobody answers', () => {
    const idOf = (number: number): string => number.toString(16).padStart(32, '0');
    const announce = (number: number, entryCount: number): unknown =>
      say({
        ...{ type: 'offer', transferId: idOf(number), streamNo: number },
        ...{ entryCount, totalBytes: 0, digest: 'sha-256' },
      });
    const declined = (): unknown[] =>
      bob.sent.flatMap((message) =>
        message.type === 'decline' && message.failure.code === 'busy' ? [message.transferId] : [],
      );

    it('has no more entries waiting than one offer may have', () => {
      announce(1, 60_000);
      announce(2, 40_000);
      announce(3, 1);
      expect(declined()).toEqual([idOf(3)]);
      // Nor by making one of them another one.
      announce(2, 40_001);
      expect(declined()).toEqual([3, 2].map(idOf));
      announce(4, 40_000);
      expect(declined()).toHaveLength(2);
      say({ type: 'cancel', transferId: idOf(1) });
      announce(3, 60_000);
      expect(declined()).toHaveLength(2);
    });

    it('has no more text waiting than one offer may have', () => {
      const folders = `${'d'.repeat(200)}/`.repeat(19);
      const entries = Array.from({ length: 200 }, (_, file) => ({
        ...{ kind: 'file', path: `${folders}${file}`, sizeBytes: 0 },
      }));
      const length = entries.reduce((sum, { path }) => sum + path.length, 0);
      const fitting = Math.floor(MAX_OFFER_TEXT / length);
      const add = (number: number): unknown =>
        say({ type: 'offer-entries', transferId: idOf(number), entries });
      for (let number = 1; number <= 16; number++) announce(number, 201);
      for (let number = 1; number <= 15; number++) add(number);
      announce(17, 1);
      expect(declined()).toEqual([idOf(17)]);
      say({ type: 'cancel', transferId: idOf(16) });
      announce(18, 90_000);
      for (let piece = 15; piece < fitting; piece++)
        say({
          ...{ type: 'offer-entries', transferId: idOf(18) },
          entries: entries.map(({ path, ...entry }) => ({ ...entry, path: `${piece}/${path}` })),
        });
      expect(declined()).toEqual([idOf(17)]);
      say({
        ...{ type: 'offer-entries', transferId: idOf(18) },
        entries: entries.map(({ path, ...entry }) => ({ ...entry, path: `x/${path}` })),
      });
      expect(declined()).toEqual([17, 18].map(idOf));
      expect(bob.views()).toEqual([]);
    });

    it('does not keep others from being answered, and has room again when they are', () => {
      offer([1, 2]);
      announce(2, 100_000);
      expect(declined()).toEqual([idOf(2)]);
      void bob.call('transfers:decline', { transferId: TRANSFER });
      announce(2, 100_000);
      expect(declined()).toEqual([idOf(2)]);
    });
  });

  it('is refused where sizes add up to more than can be counted, or to something else', () => {
    const most = Number.MAX_SAFE_INTEGER;
    offer([most, most], most);
    expect(bob.sent.at(-1)).toMatchObject({ type: 'decline', failure: { code: 'protocol-violation' } });
    const entry = { kind: 'file', path: 'a', sizeBytes: -1 };
    expect(
      TransferMessage.safeParse({ type: 'offer-entries', transferId: TRANSFER, entries: [entry] }).success,
    ).toBe(false);
  });

  it('is not asked for a disk’s worth that it does not have, whatever it says', async () => {
    offer([2 ** 52]);
    await expect(bob.call('transfers:accept', { transferId: TRANSFER })).rejects.toMatchObject({
      code: 'disk-full',
    });
    expect(await readdir(bob.dir)).toEqual([]);
  });

  it('writes nothing before it is accepted, and nothing that was not offered', async () => {
    offer([10]);
    await send(block(0, 0, new Uint8Array(10)));
    await send(block(0, 0, new Uint8Array(10), 77));
    expect(await readdir(bob.dir)).toEqual([]);
    await bob.call('transfers:accept', { transferId: TRANSFER });
    await send(block(0, 0, new Uint8Array(10), 77));
    expect(await readdir(bob.dir)).toEqual([]);
    await send(block(0, 5, new Uint8Array(10)));
    expect(bob.view()).toMatchObject({ phase: 'failed', failure: { code: 'protocol-violation' } });
  });

  it('can’t lay packets of one block over each other', () => {
    const [first, second] = block(0, 0, new Uint8Array(100_000));
    const assembler = new BlockAssembler();
    assembler.push(first!);
    const moved = second!.slice();
    new DataView(moved.buffer).setUint32(16, 10);
    expect(() => assembler.push(moved)).toThrow('protocol-violation');
  });

  it('has a block that comes again neither written nor counted twice', async () => {
    await accepted([3 * BLOCK_BYTES]);
    const packets = block(0, 1, new Uint8Array(BLOCK_BYTES).fill(1));
    for (let round = 0; round < 40; round++) await send(packets);
    expect(bob.view()).toMatchObject({ phase: 'active', doneBytes: BLOCK_BYTES });
  });

  it('can’t make an accepted transfer grow much beyond what was accepted', async () => {
    await accepted([10 * BLOCK_BYTES]);
    say({ type: 'files-changed', files: [{ file: 0, sizeBytes: 1000 * BLOCK_BYTES, modifiedMs: 5 }] });
    await until(() => bob.view()?.phase === 'failed');
    expect(bob.view()?.failure?.code).toBe('source-changed');
  });

  it.each([
    ['files-changed', { files: [{ file: 9, sizeBytes: 1, modifiedMs: 5 }] }],
    ['files-failed', { files: [{ file: 9, failure: { code: 'source-missing', facts: {} } }] }],
    ['file-digests', { digests: [{ file: 9, digest: DIGEST }] }],
  ])('ends its transfer by %s about a file that is not there', async (type, more) => {
    await accepted([10]);
    say({ type, ...more });
    await until(() => bob.view()?.phase === 'failed');
    expect(bob.view()?.failure?.code).toBe('protocol-violation');
  });

  it('can claim nothing in a resume that makes a sender work without end', async () => {
    const alice = bob;
    const id = await alice.offer(join(import.meta.dirname, 'transferBounds.test.ts'), 'f');
    const partial = [
      { file: 0, ranges: [[0, Number.MAX_SAFE_INTEGER]] },
      { file: 12_345, ranges: [[0, 9]] },
    ];
    say({ type: 'resume', transferId: id, completeBefore: 90_000, partial, creditBytes: 0 });
    say({ type: 'credit', transferId: id, creditBytes: 1, received: [[0, Number.MAX_SAFE_INTEGER]] });
    expect(fromHex(DIGEST)).toHaveLength(32);
    expect(['active', 'waiting', 'failed']).toContain(alice.view()?.phase);
  });
});
