import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TransferList, type TransferListOptions } from '../../../../src/backend/transfers/TransferList';
import type { TransferRecord } from '../../../../src/backend/transfers/TransferRecord';
import { systemClock } from '../../../../src/main/node/systemClock';
import { transfersAfter } from '../../../../src/shared/contract/transfers';
import { transfer } from '../../../support/harness/samples';

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
});
