import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { LAN_TIMINGS, LanLanes } from '../../src/main/lan/LanLanes';
import type { LaneOffer } from '../../src/shared/protocol/transfer';
import { eventually } from '../support/lan/eventually';
import { afterwards } from '../support/lan/opened';
import { silentLog } from '../support/lan/silentLog';

/** The lanes of one process; what it says goes to `peer`, once there is one. */
function lanesOf({ mayListen }: { mayListen: boolean }) {
  let peer: LanLanes | null = null;
  const said: LaneOffer[] = [];
  const lanes = new LanLanes({
    access: {
      mayListen: () => mayListen,
      addresses: () => ['127.0.0.1'],
      mayDial: () => true,
      log: silentLog,
      timings: { ...LAN_TIMINGS, redialDelaysMs: [100] },
    },
    sha256: (bytes) => createHash('sha256').update(bytes).digest(),
    send: (offer) => {
      said.push(offer);
      peer?.takeOffer(offer);
    },
    readPage: () => Promise.reject(new Error('no page')),
    onBlock: () => Promise.resolve(),
    onUp: () => undefined,
    onDown: () => undefined,
  });
  afterwards(() => lanes.linkDown());
  const meet = (other: LanLanes): void => {
    peer = other;
    for (const offer of said) other.takeOffer(offer);
  };
  return { lanes, meet };
}

it('a peer whose program was restarted, and so has another certificate, gets to the port of the one that listens', async () => {
  const stays = lanesOf({ mayListen: true });
  for (const life of ['first', 'second']) {
    const restarted = lanesOf({ mayListen: false });
    stays.meet(restarted.lanes);
    restarted.meet(stays.lanes);
    stays.lanes.linkUp();
    restarted.lanes.linkUp();
    expect(await eventually(() => stays.lanes.isUp), life).toBe(true);
    restarted.lanes.linkDown();
    stays.lanes.linkDown();
  }
});
