import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TransferDiff } from '../../../../src/backend/transfers/TransferDiff';
import { transfersAfter, type TransferView } from '../../../../src/shared/contract/transfers';
import { transfer } from '../../../support/harness/samples';

/** As it crosses to the page. */
const crossed = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

describe('TransferDiff', () => {
  it('tells of each transfer once, and again when something of it has changed', () => {
    const told = new TransferDiff();
    const [first, second] = [transfer(1), transfer(2)];
    expect(told.update([second, first])).toEqual({ changed: [second, first], gone: [] });
    expect(told.update([second, first])).toBeNull();
    expect(told.update([{ ...second }, first])).toBeNull();
    const moved = transfer(2, { doneBytes: 13e6 });
    expect(told.update([moved, first])).toEqual({ changed: [moved], gone: [] });
    expect(told.update([first])).toEqual({ changed: [], gone: [moved.transferId] });
    expect(told.update([moved, first])).toEqual({ changed: [moved], gone: [] });
  });

  it('leaves the page with what there is, whatever came, changed and went', () => {
    const some = fc.uniqueArray(fc.tuple(fc.nat(9), fc.nat(2)), { selector: ([n]) => n });
    fc.assert(
      fc.property(fc.array(some, { maxLength: 8 }), (lists) => {
        const told = new TransferDiff();
        let page: TransferView[] = [];
        for (const list of lists) {
          const views = list.map(([n, doneBytes]) => transfer(n, { doneBytes }));
          const change = told.update(views);
          if (change) page = transfersAfter(page, crossed(change));
          expect(page).toEqual(views.sort((a, b) => b.startedMs - a.startedMs));
        }
      }),
    );
  });
});

describe('transfersAfter', () => {
  it('keeps what has not changed as it was, so that nobody draws it again', () => {
    const before = crossed([transfer(2, { rootNames: ['a', 'b'] }), transfer(1)]);
    const after = transfersAfter(before, {
      changed: crossed([transfer(2, { rootNames: ['a', 'b'], laneKinds: ['lan'], doneBytes: 13e6 })]),
      gone: [],
    });
    expect(after[1]).toBe(before[1]);
    expect(after[0]?.rootNames).toBe(before[0]?.rootNames);
    expect(after[0]).toMatchObject({ laneKinds: ['lan'], doneBytes: 13e6 });
  });
});
