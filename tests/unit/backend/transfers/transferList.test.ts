import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TransferList, type TransferListOptions } from '../../../../src/backend/transfers/TransferList';
import { holdHandlers } from '../../../../src/backend/transfers/holdHandlers';
import { TransferPersistence } from '../../../../src/backend/transfers/TransferPersistence';
import { TransferRecord } from '../../../../src/backend/transfers/TransferRecord';
import { systemClock } from '../../../../src/main/node/systemClock';
import { transfersAfter } from '../../../../src/shared/contract/transfers';
import { SendScheduler } from '../../../../src/shared/transfer/sending/SendScheduler';
import { transfer } from '../../../support/harness/samples';
import { silentLog } from '../../../support/lan/silentLog';

describe('TransferList', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('tells a page that comes of what goes from then on, even what went before anybody was told that it had come', () => {
    const changes: Parameters<typeof transfersAfter>[1][] = [];
    const list = new TransferList({
      emit: (_name, data) => changes.push(data as never),
      sessionOf: () => '1'.repeat(32),
      persistence: { history: { all: [] } } as unknown as TransferListOptions['persistence'],
      scheduler: { isFirst: () => false } as unknown as TransferListOptions['scheduler'],
      clock: systemClock,
    });
    const view = transfer(1);
    const { transferId } = view;
    list.add({ options: { transferId }, isOver: false, view: () => view } as unknown as TransferRecord);
    let page = list.attach();
    expect(page).toEqual([view]);
    list.remove(transferId);
    vi.advanceTimersByTime(300);
    for (const change of changes) page = transfersAfter(page, change);
    expect(page).toEqual([]);
  });

  it('leaves a transfer that is over to the history, and one that was cleared meanwhile to nobody', async () => {
    const persistence = new TransferPersistence(null, silentLog);
    const list = new TransferList({
      emit: () => undefined,
      sessionOf: () => '1'.repeat(32),
      persistence,
      scheduler: new SendScheduler(),
      clock: systemClock,
    });
    const addFailed = (transferId: string): void => {
      const options = { transferId, deviceId: '', peerName: 'Ben', direction: 'receive', nowMs: 1 } as const;
      const record = new TransferRecord(options);
      record.fail({ code: 'disk-full', facts: {} });
      list.add(record);
    };
    const transferId = 'a'.repeat(32);
    addFailed(transferId);
    await list.close();
    expect(() => list.get(transferId)).toThrow('unknown-transfer');
    expect(list.views()).toMatchObject([{ transferId, failure: { code: 'disk-full' } }]);
    // A click that comes a moment late.
    const handlers = holdHandlers(list, new SendScheduler(), () => Promise.reject(new Error('not asked')));
    expect(handlers['transfers:cancel']({ transferId }, 'page')).toEqual({});
    addFailed('b'.repeat(32));
    await list.clear();
    await list.close();
    expect(list.views()).toEqual([]);
  });
});
