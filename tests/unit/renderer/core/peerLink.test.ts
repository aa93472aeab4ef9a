import { EventEmitter } from 'node:events';
import { afterEach, expect, it, vi } from 'vitest';
import { PeerLink } from '../../../../src/renderer/core/peer/PeerLink';
import { pairStats, statsReport, transportOf } from '../../../support/statsReport';

const answered = { state: 'succeeded', requestsSent: 2, responsesReceived: 2 };
const both = [...pairStats('a', answered), ...pairStats('b', answered)];
const getStats = vi.fn(() => Promise.resolve(statsReport(transportOf('a'), ...both)));
const peers: EventEmitter[] = [];

vi.mock('simple-peer', () => ({
  default: class extends EventEmitter {
    readonly destroyed = false;
    readonly _pc = Object.assign(new EventTarget(), {
      getStats,
      createDataChannel: () => new EventTarget(),
      getSenders: () => [],
    });

    constructor() {
      super();
      peers.push(this);
    }
  },
}));

afterEach(() => {
  peers.forEach((peer) => peer.emit('close'));
});

it('a link that finds its path leaves the doctor a report of it, which costs none of its own', async () => {
  const way = { remoteAddress: null, iceServers: [], mustRelay: false };
  const link = new PeerLink({ isInitiator: true, certificate: {} as RTCCertificate, ...way });
  expect(link.evidence.tried).toEqual([]);
  peers[0]?.emit('connect');
  await vi.waitFor(() => {
    expect(link.evidence.tried.map(({ state }) => state)).toEqual(['in-use', 'works']);
  });
  expect(getStats).toHaveBeenCalledOnce();
});
