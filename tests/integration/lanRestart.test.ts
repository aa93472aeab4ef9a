import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { LanLaneConnector } from '../../src/main/node/lanes/LanLaneConnector';
import { Pacer } from '../../src/shared/transfer/sending/Pacer';
import type { LaneOffer } from '../../src/shared/protocol/transfer';
import { afterwards } from '../support/lan/opened';
import { silentLog } from '../support/lan/silentLog';

/** The lanes of one process; what it says goes to `peer`, once there is one. */
function lanesOf({ mayListen, redialMs = 100 }: { mayListen: boolean; redialMs?: number }) {
  let peer: LanLaneConnector | null = null;
  const said: LaneOffer[] = [];
  const lanes = new LanLaneConnector({
    access: {
      mayListen: () => mayListen,
      addresses: () => ['127.0.0.1'],
      mayDial: () => true,
      log: silentLog,
      timings: { redial: { firstMs: redialMs, longestMs: redialMs }, yieldMs: 20 * redialMs },
    },
    sha256: (bytes) => createHash('sha256').update(bytes).digest(),
    user: {
      mayDial: () => true,
      send: (offer) => {
        said.push(offer);
        peer?.handleOffer(offer);
      },
      readPage: () => Promise.reject(new Error('no page')),
      onBlock: () => Promise.resolve(),
      pacer: new Pacer(),
      onUp: () => undefined,
      onDown: () => undefined,
    },
  });
  afterwards(() => lanes.sessionClosed());
  const meet = (other: LanLaneConnector): void => {
    peer = other;
    for (const offer of said) other.handleOffer(offer);
  };
  return { lanes, meet };
}

it('a peer whose program was restarted, and so has another certificate, gets to the port of the one that listens', async () => {
  const stays = lanesOf({ mayListen: true });
  for (const life of ['first', 'second']) {
    const restarted = lanesOf({ mayListen: false });
    stays.meet(restarted.lanes);
    restarted.meet(stays.lanes);
    stays.lanes.sessionOpened();
    restarted.lanes.sessionOpened();
    await expect.poll(() => stays.lanes.isUp, { message: life }).toBe(true);
    restarted.lanes.sessionClosed();
    stays.lanes.sessionClosed();
  }
});

it('a lane that stays up for long leaves nothing behind of the tries in between', async () => {
  const warned = vi.fn();
  process.on('warning', warned);
  afterwards(() => void process.off('warning', warned));
  const sides = [1, 2].map(() => lanesOf({ mayListen: true, redialMs: 5 }));
  const [anna, ben] = sides as [(typeof sides)[0], (typeof sides)[0]];
  anna.meet(ben.lanes);
  ben.meet(anna.lanes);
  anna.lanes.sessionOpened();
  ben.lanes.sessionOpened();
  await expect.poll(() => anna.lanes.isUp && ben.lanes.isUp).toBe(true);
  // Eighty pauses between dials: had each left a listener behind, Node would have warned at eleven.
  await sleep(400);
  expect(warned).not.toHaveBeenCalled();
});
