import { posix, win32 } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HitherError } from '../../../../src/shared/errors';
import {
  type ManifestEntry,
  MAX_ENTRIES_PER_MESSAGE,
  TransferMessage,
} from '../../../../src/shared/protocol/transfer';
import { LocalNames, WINDOWS_NAMES } from '../../../../src/shared/transfer/manifest/LocalNames';
import { ManifestCheck } from '../../../../src/shared/transfer/manifest/names';
import {
  type CheckedManifest,
  OfferCollector,
  offerMessages,
} from '../../../../src/shared/transfer/manifest/offer';

const ID = '0'.repeat(32);

/** What attackers put into names, between letters that differ only by case, composition or width. */
const piece = fc.constantFrom(
  ...['a', 'A', 'b', 'é', 'e\u0301', 'ｂ', 'ß', 'SS', '한', '1', ' ', '.', '..', ':', '\\', '/', '~', '-'],
  ...[
    '\u0000',
    '\u001b',
    '\u202e',
    '\u200b',
    '\u200d',
    '\ufeff',
    '\ud800',
    'con',
    'NUL',
    'com1',
    'lpt\u00b2',
  ],
);
const name = fc.array(piece, { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join(''));
const hostilePath = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join('/'));
const plainName = fc
  .array(fc.constantFrom('a', 'b', 'c', '가', 'x', '7'), { minLength: 1, maxLength: 6 })
  .map((letters) => letters.join(''));
const plainPath = fc.array(plainName, { minLength: 1, maxLength: 5 }).map((names) => names.join('/'));

function entryOf(path: fc.Arbitrary<string>): fc.Arbitrary<ManifestEntry> {
  const file = fc.record(
    {
      kind: fc.constant('file' as const),
      path,
      sizeBytes: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 2 ** 40 })),
      modifiedMs: fc.integer({ min: -8.64e15, max: 8.64e15 }),
      isExecutable: fc.boolean(),
    },
    { requiredKeys: ['kind', 'path', 'sizeBytes'] },
  );
  const folder = fc.record({ kind: fc.constant('folder' as const), path, sizeBytes: fc.constant(0) });
  return fc.oneof({ weight: 4, arbitrary: file }, { weight: 1, arbitrary: folder });
}

const manifest = fc.array(entryOf(fc.oneof(plainPath, hostilePath)), { minLength: 1, maxLength: 30 });

/** What becomes of an offer on the other side: every message through the schema, as it comes off the wire. */
function received(entries: readonly ManifestEntry[]): CheckedManifest | null {
  const [offer, ...pieces] = Array.from(offerMessages(ID, 1, entries), (message) =>
    TransferMessage.parse(JSON.parse(JSON.stringify(message))),
  );
  if (offer?.type !== 'offer') throw new Error('the offer comes first');
  const collector = new OfferCollector(offer);
  let whole: CheckedManifest | null = null;
  for (const message of pieces) {
    expect(whole).toBeNull();
    if (message.type === 'offer-entries') whole = collector.add(message.entries);
  }
  return whole;
}

/** The safe entries of a manifest, as it is received. */
function safe(entries: readonly ManifestEntry[]): ManifestEntry[] {
  try {
    const { entries: all, unsafe } = received(entries)!;
    return all.filter((_, file) => !unsafe.has(file));
  } catch (error) {
    if (error instanceof HitherError && error.code === 'hostile-name') return [];
    throw error;
  }
}

describe('a manifest', () => {
  it('arrives as it was offered, in pieces of any number', () => {
    const entries = fc
      .uniqueArray(plainPath, { minLength: 1, maxLength: 3 * MAX_ENTRIES_PER_MESSAGE, size: 'max' })
      // Beside each other, so that no path is the folder of another.
      .map((paths) => paths.map((path, index) => `${String(index)}/${path}`))
      .chain((paths) => fc.tuple(...paths.map((path) => entryOf(fc.constant(path)))));
    fc.assert(
      fc.property(entries, (offered) => {
        expect(received(offered)).toEqual({ entries: offered, unsafe: new Map() });
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  it('loses in pieces exactly the entries that it loses as a whole, whatever its names', () => {
    let kept = 0;
    let lost = 0;
    fc.assert(
      fc.property(manifest, (entries) => {
        const check = new ManifestCheck();
        const whole = entries.filter((entry) => check.faultOf(entry) === null);
        expect(safe(entries)).toEqual(whole);
        kept += whole.length;
        lost += entries.length - whole.length;
      }),
      { numRuns: 3000 },
    );
    expect(Math.min(kept, lost)).toBeGreaterThan(1000);
  }, 60_000);

  it('leads nowhere but below its folder, on any system, and names nothing twice', () => {
    let count = 0;
    fc.assert(
      fc.property(manifest, (entries) => {
        const names = new LocalNames(WINDOWS_NAMES);
        const checked = safe(entries);
        const local = checked.map(({ path }) => names.pathOf(path));
        count += checked.length;
        for (const { path } of checked) expect(posix.join('/root', path)).toBe(`/root/${path}`);
        for (const path of local) {
          expect(posix.join('/root', path)).toBe(`/root/${path}`);
          expect(win32.resolve('C:\\root', path)).toBe(`C:\\root\\${path.replaceAll('/', '\\')}`);
          expect(path).not.toMatch(/[\p{Cc}\p{Surrogate}:\\]|[\u202a-\u202e\u2066-\u2069]|[. ](\/|$)/u);
          for (const part of path.split('/')) {
            expect(Buffer.byteLength(part)).toBeLessThanOrEqual(255);
            expect(part).not.toMatch(/^(con|nul|com1|lpt\u00b2)(\.|$)/i);
          }
        }
        const folded = local.map((path) => path.normalize('NFKC').toUpperCase());
        expect(new Set(folded).size).toBe(folded.length);
        for (const [index, { kind }] of checked.entries())
          for (const other of folded)
            if (kind === 'file') expect(other.startsWith(`${folded[index]!}/`)).toBe(false);
        // What one Windows machine has, another can have as it is.
        const again = new LocalNames(WINDOWS_NAMES);
        expect(local.map((path) => again.pathOf(path))).toEqual(local);
      }),
      { numRuns: 3000 },
    );
    expect(count).toBeGreaterThan(1000);
  }, 60_000);
});
