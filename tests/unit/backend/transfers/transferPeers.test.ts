import { describe, expect, it } from 'vitest';
import type { PeerTransfers } from '../../../../src/backend/transfers/PeerTransfers';
import { TransferPeers } from '../../../../src/backend/transfers/TransferPeers';

const idOf = (number: number): string => number.toString(16).padStart(32, '0');

/** Peers whose transfers do nothing; those of busy devices are under way. */
function peersWith(busy: string[]): TransferPeers {
  const nothing = (): void => undefined;
  return new TransferPeers(
    (deviceId) =>
      ({
        ...{ deviceId, isIdle: !busy.includes(deviceId) },
        ...{ sessionOpened: nothing, sessionEnded: nothing },
      }) as unknown as PeerTransfers,
  );
}

describe('the devices that there are transfers with', () => {
  it('are forgotten when thousands have come and gone, but not one with a session or with something under way', () => {
    const peers = peersWith([idOf(1)]);
    const meet = (number: number): void => {
      peers.opened(idOf(100_000 + number), { deviceId: idOf(number), name: '' });
      if (number !== 0) peers.ended(idOf(100_000 + number));
    };
    for (let number = 0; number < 3_000; number++) meet(number);
    expect(peers.all.length).toBeLessThan(100);
    const ids = peers.all.map(({ deviceId }) => deviceId);
    expect(ids).toEqual(expect.arrayContaining([0, 1, 2_999].map(idOf)));
    expect(ids).not.toContain(idOf(2));
  });

  it('are forgotten in the order in which they were met last', () => {
    const peers = peersWith([]);
    for (let number = 0; number < 200; number++) {
      for (const each of [0, number]) {
        peers.opened(idOf(100_000), { deviceId: idOf(each), name: '' });
        peers.ended(idOf(100_000));
      }
    }
    expect(peers.lastSessionOf(idOf(0))).toBe(idOf(100_000));
    expect(peers.lastSessionOf(idOf(1))).not.toBe(idOf(100_000));
  });
});
