import { describe, expect, it } from 'vitest';
import { AutoAccept } from '../../../../src/renderer/core/files/AutoAccept';
import type { TransferView } from '../../../../src/shared/contract/transfers';
import { HitherError } from '../../../../src/shared/errors';
import { RecordingBackend } from '../../../support/RecordingBackend';
import { transfer } from '../../../support/harness/samples';

const incoming = (change: Partial<TransferView> = {}) =>
  transfer(1, { phase: 'incoming', totalBytes: 1_000, ...change });

interface Options {
  isGiven?: boolean;
  freeBytes?: number;
  refuses?: boolean;
  limitMb?: number;
  dir?: string;
}

function consentOf(options: Options) {
  const backend = new RecordingBackend({
    'folders:check': () => ({ freeBytes: options.freeBytes ?? 5_000 }),
    ...(options.refuses === true
      ? {
          'transfers:accept': () => {
            throw new HitherError('disk-full');
          },
        }
      : {}),
  });
  let asks = 0;
  const consent = new AutoAccept({
    backend,
    isGivenTo: () => options.isGiven ?? true,
    settings: () => ({
      downloadsDir: '/downloads',
      autoAcceptDir: options.dir ?? null,
      autoAcceptLimitMb: options.limitMb ?? 0,
    }),
    onAsk: () => asks++,
  });
  return { consent, backend, asks: () => asks };
}
const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('the standing consent to a trusted device’s files', () => {
  it('accepts what fits, once, and shows no prompt meanwhile', async () => {
    const { consent, backend, asks } = consentOf({});
    const offer = incoming();
    expect(consent.handleTransfers([offer])).toEqual([]);
    expect(consent.handleTransfers([offer])).toEqual([]);
    await settle();
    expect(backend.argsOf('transfers:accept')).toEqual([{ transferId: offer.transferId, dir: '/downloads' }]);
    expect(asks()).toBe(0);
    const active = { ...offer, phase: 'active' } as const;
    expect(consent.handleTransfers([active])).toEqual([active]);
  });

  it.each([
    ['does not fit on the disk', { freeBytes: 999 }],
    ['the backend does not take', { refuses: true }],
  ])('asks the person about what %s', async (_, options) => {
    const { consent, backend, asks } = consentOf(options);
    const offer = incoming();
    consent.handleTransfers([offer]);
    await settle();
    expect(asks()).toBe(1);
    expect(consent.handleTransfers([offer])).toEqual([offer]);
    await settle();
    expect(backend.argsOf('folders:check')).toHaveLength(1);
  });

  it('covers offers up to the limit of the settings, into the folder that they name', async () => {
    const { consent, backend, asks } = consentOf({ limitMb: 1, dir: '/elsewhere', freeBytes: 1e9 });
    const [most, more] = [
      incoming({ totalBytes: 1e6 }),
      transfer(2, { phase: 'incoming', totalBytes: 1e6 + 1 }),
    ];
    consent.handleTransfers([most, more]);
    await settle();
    expect(backend.argsOf('transfers:accept')).toEqual([{ transferId: most.transferId, dir: '/elsewhere' }]);
    expect(asks()).toBe(1);
    expect(consent.handleTransfers([more])).toEqual([more]);
  });

  it('is nobody else’s: other offers wait for the person', async () => {
    const { consent, backend } = consentOf({ isGiven: false });
    const offer = incoming();
    expect(consent.handleTransfers([offer])).toEqual([offer]);
    await settle();
    expect(backend.asked).toEqual([]);
  });
});
