import { createHash, X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BlockReader, LENGTH_BYTES } from '../../../../../src/main/node/lanes/BlockReader';
import { BufferPool } from '../../../../../src/main/node/lanes/BufferPool';
import { makeLaneIdentity } from '../../../../../src/main/node/lanes/certificate';
import { dialable } from '../../../../../src/main/node/lanes/dialable';
import { HitherError } from '../../../../../src/shared/errors';
import { BLOCK_BYTES } from '../../../../../src/shared/transfer/blocks';
import { BLOCK_HEAD_BYTES, writeBlockHead } from '../../../../../src/shared/transfer/packets';

describe('a certificate for a lane', () => {
  it('is one that OpenSSL reads, signed by its own key, and no two are alike', () => {
    const seen = new Set<string>();
    for (let count = 0; count < 50; count++) {
      const identity = makeLaneIdentity();
      const certificate = new X509Certificate(identity.certificatePem);
      expect(certificate.verify(certificate.publicKey)).toBe(true);
      expect(certificate.fingerprint256.replaceAll(':', '').toLowerCase()).toBe(identity.fingerprint);
      expect(createHash('sha256').update(certificate.raw).digest('hex')).toBe(identity.fingerprint);
      expect(certificate.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
      seen.add(identity.fingerprint);
    }
    expect(seen.size).toBe(50);
  });
});

describe("the addresses of a peer's offer", () => {
  it('are dialed where they can be another machine, and names never', () => {
    const offered = [
      '192.168.1.7',
      'fd00::7',
      '127.0.0.1',
      '::1',
      '::ffff:127.0.0.1',
      '0.0.0.0',
      '::',
      '224.0.0.251',
    ];
    const more = ['ff02::fb', 'fe80::1', 'example.org', 'localhost', '192.168.1.7', '1.2.3.4:80', ''];
    expect(dialable([...offered, ...more], 40_000).map(({ host }) => host)).toEqual([
      '192.168.1.7',
      'fd00::7',
    ]);
    expect(dialable(['192.168.1.7'], 22)).toEqual([]);
    expect(dialable(['192.168.1.7'], 0)).toEqual([]);
  });
});

describe('the stream of a lane', () => {
  const packet = (blockIndex: number, bytes: Uint8Array): Buffer => {
    const head = Buffer.alloc(LENGTH_BYTES + BLOCK_HEAD_BYTES);
    head.writeUInt32BE(BLOCK_HEAD_BYTES + bytes.length);
    const id = { streamNo: 7, fileIndex: 3, blockIndex };
    writeBlockHead(
      head.subarray(LENGTH_BYTES),
      id,
      bytes.length,
      createHash('sha256').update(bytes).digest(),
    );
    return Buffer.concat([head, bytes]);
  };
  const alive = Buffer.alloc(LENGTH_BYTES);
  const reader = (): BlockReader => new BlockReader(new BufferPool(BLOCK_BYTES, 2));

  it('gives the same blocks however it is cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ minLength: 1, maxLength: 300 }), { minLength: 1, maxLength: 5 }),
        fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1 }),
        (blocks, cuts) => {
          const stream = Buffer.concat(blocks.flatMap((bytes, index) => [alive, packet(index, bytes)]));
          const one = reader();
          const read: { blockIndex: number; bytes: Buffer; digest: string }[] = [];
          for (let at = 0, turn = 0; at < stream.length; turn++) {
            const end = at + (cuts[turn % cuts.length] ?? 1);
            for (const { block } of one.push(stream.subarray(at, end)))
              read.push({
                blockIndex: block.blockIndex,
                bytes: Buffer.from(block.bytes),
                digest: Buffer.from(block.digest).toString('hex'),
              });
            at = end;
          }
          expect(read).toEqual(
            blocks.map((bytes, blockIndex) => ({
              blockIndex,
              bytes: Buffer.from(bytes),
              digest: createHash('sha256').update(bytes).digest('hex'),
            })),
          );
        },
      ),
    );
  });

  it.each([
    ['a length that is not the block’s', (bytes: Buffer) => bytes.writeUInt32BE(BLOCK_HEAD_BYTES + 11, 0)],
    ['another kind', (bytes: Buffer) => bytes.writeUInt8(2, LENGTH_BYTES)],
    ['a block in pieces', (bytes: Buffer) => bytes.writeUInt32BE(5, LENGTH_BYTES + 16)],
    ['no bytes at all', (bytes: Buffer) => bytes.writeUInt32BE(0, LENGTH_BYTES + 20)],
  ])('refuses %s', (_, spoil) => {
    const bytes = packet(0, new Uint8Array(10));
    spoil(bytes);
    expect(() => [...reader().push(bytes)]).toThrow(HitherError);
  });

  it('refuses a block that is too long before it takes memory for it', () => {
    const bytes = packet(0, new Uint8Array(10));
    bytes.writeUInt32BE(BLOCK_HEAD_BYTES + BLOCK_BYTES + 1, 0);
    bytes.writeUInt32BE(BLOCK_BYTES + 1, LENGTH_BYTES + 20);
    expect(() => [...reader().push(bytes)]).toThrow(HitherError);
  });
});
