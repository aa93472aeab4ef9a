import { describe, expect, it, vi } from 'vitest';
import type { PeerLink } from '../../../../src/renderer/core/peer/PeerLink';
import type { SideLink } from '../../../../src/renderer/core/peer/SideLink';
import { LinkLanes } from '../../../../src/renderer/core/session/LinkLanes';
import { MAX_SIDE_LINKS } from '../../../../src/shared/protocol/sideLink';
import { FakeLaneLink } from '../../../support/FakeLaneLink';
import { RecordingBackend } from '../../../support/RecordingBackend';

async function eightLanes() {
  const sides: FakeLaneLink[] = [];
  const backend = new RecordingBackend();
  const link = Object.assign(new FakeLaneLink(), {
    roundTripMs: () => Promise.resolve(20),
    probeChannel: new EventTarget(),
    mediaStats: () => Promise.resolve(null),
  });
  const lanes = new LinkLanes({
    backend,
    sessionId: '1'.repeat(32),
    link: link as unknown as PeerLink,
    isInitiator: true,
    createSideLink: () => {
      const side = new FakeLaneLink();
      sides.push(side);
      return side as unknown as SideLink;
    },
    readSource: () => Promise.reject(new Error('no source')),
    send: () => undefined,
    isSafe: () => true,
    onViolation: () => undefined,
  });
  const bytes = new ArrayBuffer(3 * 1024 * 1024);
  link.laneChannel.dispatchEvent(new MessageEvent('message', { data: bytes }));
  await vi.waitFor(() => expect(sides).toHaveLength(MAX_SIDE_LINKS));
  const opened = () => backend.argsOf('lanes:open').map(({ laneId }) => laneId);
  const closed = () => backend.argsOf('lanes:close').map(({ laneId }) => laneId);
  return { lanes, sides, opened, closed };
}

describe('the lanes of a peer link', () => {
  it('are its own and those of its side links; one that is gone takes only its lane along', async () => {
    const { sides, opened, closed } = await eightLanes();
    expect(opened()).toHaveLength(1 + MAX_SIDE_LINKS);
    sides[2]?.close();
    expect(closed()).toEqual([opened()[3]]);
  });

  it('are all announced anew to a backend that knows of none, but for those that are gone', async () => {
    const { lanes, sides, opened } = await eightLanes();
    sides[2]?.close();
    lanes.reopen();
    expect(opened()).toHaveLength(1 + MAX_SIDE_LINKS + MAX_SIDE_LINKS);
    expect(new Set(opened()).size).toBe(opened().length);
  });

  it('are its own alone while media run', async () => {
    const { lanes, opened, closed } = await eightLanes();
    lanes.setMedia(true);
    expect([...closed()].sort()).toEqual(opened().slice(1).sort());
    lanes.close();
  });

  it('all end with it', async () => {
    const { lanes, opened, closed } = await eightLanes();
    lanes.close();
    expect([...closed()].sort()).toEqual([...opened()].sort());
  });
});
