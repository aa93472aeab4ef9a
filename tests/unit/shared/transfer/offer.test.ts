import { describe, expect, it } from 'vitest';
import { type ManifestEntry, MAX_ENTRIES, TransferMessage } from '../../../../src/shared/protocol/transfer';
import { OfferCollector, offerMessages } from '../../../../src/shared/transfer/manifest/offer';

const file = (path: string, sizeBytes = 1): ManifestEntry => ({ kind: 'file', path, sizeBytes });
const offer = {
  type: 'offer' as const,
  transferId: '0'.repeat(32),
  streamNo: 1,
  entryCount: 1,
  totalBytes: 1,
  digest: 'sha-256',
};
const collector = (entryCount: number, totalBytes: number): OfferCollector =>
  new OfferCollector({ ...offer, entryCount, totalBytes });

describe('an offer', () => {
  it('names the digest of its blocks', () => {
    const [first, ...others] = offerMessages(offer.transferId, offer.streamNo, [file('a')]);
    expect(first).toEqual(offer);
    expect(others.map(({ type }) => type)).toEqual(['offer-entries']);
  });

  it('may name a digest that is not known here: it is the offer that is refused, not the message', () => {
    const unknown = { ...offer, digest: 'blake3' };
    expect(TransferMessage.parse(unknown)).toEqual(unknown);
    expect(() => new OfferCollector(unknown).add([file('a')])).toThrow('unknown-digest');
  });

  it.each(['', 'SHA-256', 'sha 256', 'x'.repeat(33), undefined, 1])(
    'is no message with %j for a digest',
    (digest) => {
      expect(TransferMessage.safeParse({ ...offer, digest }).success).toBe(false);
    },
  );
});

describe('the pieces of an offer', () => {
  it('are a manifest once all are there', () => {
    const pieces = collector(3, 3);
    expect(pieces.add([file('a'), file('e\u0301')])).toBeNull();
    expect(pieces.add([file('b\\c')])?.entries.map(({ path }) => path)).toEqual(['a', 'e\u0301', 'b\\c']);
  });

  it('lose what is unsafe, under a harmless path, and keep its number', () => {
    const pieces = collector(3, 3);
    pieces.add([file('a'), file('../\u202eb')]);
    expect(pieces.add([file('c')])).toEqual({
      entries: [file('a'), file('unsafe 1'), file('c')],
      unsafe: new Map([[1, { path: '../b', reason: 'parent' }]]),
    });
  });

  it('are refused where nothing in them is safe', () => {
    const pieces = collector(2, 2);
    pieces.add([file('/a')]);
    expect(() => pieces.add([file('../b')])).toThrow('hostile-name');
  });

  it('are checked against pieces that came before', () => {
    const pieces = collector(2, 2);
    pieces.add([file('a/b')]);
    expect(pieces.add([file('a')])?.unsafe.get(1)).toEqual({ path: 'a', reason: 'clash' });
  });

  it.each<[string, () => unknown]>([
    ['more entries than announced', () => collector(1, 2).add([file('a'), file('b')])],
    ['other sizes than announced', () => collector(1, 2).add([file('a')])],
    ['a folder with a size', () => collector(1, 1).add([{ kind: 'folder', path: 'a', sizeBytes: 1 }])],
    ['more bytes than can be counted', () => collector(2, 2 ** 53).add([file('a', 2 ** 53 - 1), file('b')])],
  ])('are refused with %s', (_, add) => {
    expect(add).toThrow('protocol-violation');
  });

  it('hold only so much text, and let go of it when refused', () => {
    const pieces = collector(MAX_ENTRIES, 0);
    const longest = (number: number): ManifestEntry =>
      file(
        Array.from({ length: 16 }, () => `${'x'.repeat(249)}${String(number).padStart(6, '0')}`).join('/'),
      );
    let count = 0;
    expect(() => {
      while (count < MAX_ENTRIES) pieces.add(Array.from({ length: 100 }, () => longest(count++)));
    }).toThrow('too-many-entries');
    expect(count).toBeLessThan(5000);
  });
});
