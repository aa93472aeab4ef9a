import { beforeEach, expect, it } from 'vitest';
import { AgreedOffers } from '../../../../src/backend/transfers/receiving/AgreedOffers';
import type { TransferRecord } from '../../../../src/backend/transfers/TransferRecord';
import type { LeftOut } from '../../../../src/shared/contract/transfers';
import { purposeOf } from '../../../../src/shared/protocol/purpose';
import type { ManifestEntry } from '../../../../src/shared/protocol/transfer';
import { ManualClock } from '../../../support/ManualClock';

const ANNA = 'a'.repeat(32);
const report: ManifestEntry = { kind: 'file', path: 'report.pdf', sizeBytes: 10 };
const agreed = { purpose: purposeOf([report])!, dir: '/inbox' };

let clock: ManualClock;
let offers: AgreedOffers;

beforeEach(() => {
  clock = new ManualClock();
  offers = new AgreedOffers(clock);
  offers.opened(ANNA, agreed);
});

/** What becomes of an offer. */
function consumed({ deviceId = ANNA, entries = [report], leftOut = [] as LeftOut[] } = {}): {
  dir: string | null;
} | null {
  return offers.consume({ options: { deviceId }, entries, leftOut } as unknown as TransferRecord);
}

it('covers the first offer that is what was said of it, and one alone', () => {
  expect(consumed()).toEqual({ dir: '/inbox' });
  expect(consumed()).toBeNull();
});

it('leaves an offer of something else to the person, and still covers the one that was meant', () => {
  expect(consumed({ entries: [{ ...report, path: 'virus.exe' }] })).toBeNull();
  expect(consumed({ entries: [{ ...report, sizeBytes: 11 }] })).toBeNull();
  expect(consumed({ leftOut: [{ reason: 'name', count: 1, names: ['../evil'] }] })).toBeNull();
  expect(consumed({ deviceId: 'b'.repeat(32) })).toBeNull();
  expect(consumed()).not.toBeNull();
});

it('counts for a minute, and for its session alone', () => {
  clock.advance(60_001);
  expect(consumed()).toBeNull();
  offers.opened(ANNA, agreed);
  offers.closed(ANNA);
  expect(consumed()).toBeNull();
  offers.opened(ANNA, agreed);
  offers.opened(ANNA, null);
  expect(consumed()).toBeNull();
});
