import { describe, expect, it } from 'vitest';
import { EndedTransfers } from '../../../../src/backend/transfers/EndedTransfers';
import { TransferRecord } from '../../../../src/backend/transfers/TransferRecord';
import type { TransferMessage } from '../../../../src/shared/protocol/transfer';

const idOf = (number: number): string => number.toString(16).padStart(32, '0');

function ended(number: number, lastWord: 'cancel' | 'done' | null): TransferRecord {
  const transferId = idOf(number);
  const options = { transferId, deviceId: '', peerName: 'Ben', direction: 'receive', nowMs: 1 } as const;
  const record = new TransferRecord(options);
  if (lastWord) record.said({ type: lastWord, transferId });
  return record;
}

describe('the transfers of a device that are over', () => {
  const ready = (number: number): TransferMessage => ({ type: 'ready', transferId: idOf(number), round: 7 });

  it('say how they ended to who believes that they go on, and to nobody else', () => {
    const transfers = new EndedTransfers();
    transfers.add(ended(1, 'cancel'));
    transfers.add(ended(2, 'done'));
    transfers.add(ended(3, null));
    expect(transfers.answer(ready(1))).toEqual([{ type: 'cancel', transferId: idOf(1) }]);
    expect(transfers.answer(ready(2))).toMatchObject([{ type: 'resume', round: 7 }, { type: 'done' }]);
    expect(transfers.answer(ready(3))).toEqual([]);
    expect(transfers.answer({ type: 'cancel', transferId: idOf(1) })).toEqual([]);
  });

  it('are remembered up to a number: of thousands, the last ones are said again in a new session', () => {
    const transfers = new EndedTransfers();
    for (let number = 0; number < 5_000; number++) transfers.add(ended(number, 'cancel'));
    expect(transfers.lastWords.length).toBeLessThan(100);
    expect(transfers.lastWords.at(-1)).toEqual({ type: 'cancel', transferId: idOf(4_999) });
    expect([transfers.has(idOf(4_999)), transfers.has(idOf(0))]).toEqual([true, false]);
  });
});
