import { describe, expect, it, vi } from 'vitest';
import { AutoAccept } from '../../../../src/backend/transfers/receiving/AutoAccept';
import type { TransferRecord } from '../../../../src/backend/transfers/TransferRecord';
import { HitherError } from '../../../../src/shared/errors';

interface Circumstances {
  isGiven?: boolean;
  freeBytes?: number;
  /** There is no such folder. */
  isFolderMissing?: boolean;
  refuses?: boolean;
  limitMb?: number;
  ownDir?: string;
  /** What the person said yes to before. */
  agreed?: { dir: string | null };
}

interface Offer {
  totalBytes?: number;
  direction?: 'send' | 'receive';
  phase?: string;
}

/** An offer as `AutoAccept` sees one. */
function recordOf({
  totalBytes = 1_000,
  direction = 'receive',
  phase = 'asked',
}: Offer = {}): TransferRecord {
  const options = { direction, deviceId: 'd'.repeat(32), transferId: 't1' };
  return {
    options,
    isBeingDecided: false,
    engine: { totalBytes, state: { phase } },
  } as unknown as TransferRecord;
}

function consentOf(circumstances: Circumstances = {}) {
  const {
    isGiven = true,
    freeBytes = 5_000_000_000,
    isFolderMissing,
    refuses,
    agreed,
    ...settings
  } = circumstances;
  const accepted: string[] = [];
  const onDecided = vi.fn();
  let isGivenNow = isGiven;
  const consent = new AutoAccept({
    files: {
      checkFolder: () =>
        isFolderMissing === true
          ? Promise.reject(new HitherError('folder-missing'))
          : Promise.resolve({ freeBytes, maxFileBytes: Infinity }),
    },
    isGivenTo: () => isGivenNow,
    consumeAgreed: () => agreed ?? null,
    settings: () => ({
      downloadsDir: '/downloads',
      autoAcceptDir: settings.ownDir ?? null,
      autoAcceptLimitMb: settings.limitMb ?? 0,
    }),
    accept: (transferId, dir) => {
      if (refuses === true) return Promise.reject(new HitherError('disk-full'));
      accepted.push(`${transferId} ${dir}`);
      return Promise.resolve();
    },
    onDecided,
  });
  const consider = async (record: TransferRecord): Promise<string[]> => {
    consent.consider(record);
    await vi.waitUntil(() => !record.isBeingDecided, { interval: 1 });
    return accepted;
  };
  return { consent, consider, onDecided, accepted, give: () => (isGivenNow = true) };
}

describe('an offer of a device that may send files unasked', () => {
  it('is accepted into the downloads folder, or into the one that is set for it', async () => {
    expect(await consentOf().consider(recordOf())).toEqual(['t1 /downloads']);
    expect(await consentOf({ ownDir: '/inbox' }).consider(recordOf())).toEqual(['t1 /inbox']);
  });

  it('is shown to nobody until it is decided, and then once', async () => {
    const { consent, onDecided } = consentOf();
    const record = recordOf();
    consent.consider(record);
    expect(record.isBeingDecided).toBe(true);
    expect(onDecided).not.toHaveBeenCalled();
    await vi.waitUntil(() => !record.isBeingDecided, { interval: 1 });
    expect(onDecided.mock.calls).toEqual([[record]]);
  });

  it.each<[string, Circumstances, Offer]>([
    ['is larger than the limit', { limitMb: 1 }, { totalBytes: 1_000_001 }],
    ['does not fit on the disk', { freeBytes: 999 }, { totalBytes: 1_000 }],
    ['has no folder to go to', { isFolderMissing: true }, {}],
    ['can’t be accepted after all', { refuses: true }, {}],
  ])('is put to the person where it %s', async (_, circumstances, offer) => {
    const { consider, onDecided } = consentOf(circumstances);
    expect(await consider(recordOf(offer))).toEqual([]);
    expect(onDecided).toHaveBeenCalledOnce();
  });

  it('fits where it is just as large as the limit and the room', async () => {
    const exact = { limitMb: 1, freeBytes: 1_000_000 };
    expect(await consentOf(exact).consider(recordOf({ totalBytes: 1_000_000 }))).toHaveLength(1);
    expect(await consentOf({ limitMb: 0 }).consider(recordOf({ totalBytes: 4e9 }))).toHaveLength(1);
  });

  it('is tried once, so that the person’s prompt is not taken away again', async () => {
    const { consider, onDecided } = consentOf({ freeBytes: 0 });
    const record = recordOf();
    await consider(record);
    await consider(record);
    expect(onDecided).toHaveBeenCalledOnce();
  });
});

describe('an offer that a person has agreed to', () => {
  it('is accepted into the folder that they chose, or the downloads folder, whatever its size', async () => {
    const given = { isGiven: false, limitMb: 1, ownDir: '/inbox' };
    const large = recordOf({ totalBytes: 4_000_000 });
    expect(await consentOf({ ...given, agreed: { dir: '/chosen' } }).consider(large)).toEqual(['t1 /chosen']);
    const other = recordOf({ totalBytes: 4_000_000 });
    expect(await consentOf({ ...given, agreed: { dir: null } }).consider(other)).toEqual(['t1 /downloads']);
  });

  it('is put to them once more where it does not fit on the disk', async () => {
    const { consider, onDecided } = consentOf({ isGiven: false, freeBytes: 999, agreed: { dir: null } });
    expect(await consider(recordOf())).toEqual([]);
    expect(onDecided).toHaveBeenCalledOnce();
  });
});

describe('any other transfer', () => {
  it('waits for the person, until the permission is given', async () => {
    const { consider, onDecided, give } = consentOf({ isGiven: false });
    const record = recordOf();
    expect(await consider(record)).toEqual([]);
    expect(onDecided).not.toHaveBeenCalled();
    give();
    expect(await consider(record)).toEqual(['t1 /downloads']);
  });

  it.each<Offer>([{ direction: 'send' }, { phase: 'active' }, { phase: 'declined' }])(
    'is left alone: %o',
    async (offer) => {
      const { consider, onDecided } = consentOf();
      expect(await consider(recordOf(offer))).toEqual([]);
      expect(onDecided).not.toHaveBeenCalled();
    },
  );
});
