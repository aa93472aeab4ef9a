import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LinkKeeper } from '../../../../src/renderer/core/session/LinkKeeper';
import type { PeerLinkEvents } from '../../../../src/renderer/core/peer/PeerLink';
import { Emitter } from '../../../../src/shared/Emitter';
import type { RtcSignal } from '../../../../src/shared/protocol/links';

const OFFER: RtcSignal = { type: 'offer', sdp: 'v=0' };
const CANDIDATE: RtcSignal = { type: 'candidate', candidate: { candidate: '' } };

class FakeLink {
  readonly events = new Emitter<PeerLinkEvents>();
  readonly signals: RtcSignal[] = [];
  isClosed = false;
  signal(signal: RtcSignal): void {
    this.signals.push(signal);
  }
  close(): void {
    this.isClosed = true;
  }
}

function keeperOf(isInitiator: boolean) {
  const links: FakeLink[] = [];
  const log: string[] = [];
  let numbers = 1000;
  const keeper = new LinkKeeper<FakeLink>({
    isInitiator,
    createLink: () => {
      const link = new FakeLink();
      links.push(link);
      return link;
    },
    restart: () => log.push('restart'),
    sendSignal: (link) => log.push(`signal ${String(link)}`),
    sendRelink: (link) => log.push(`relink ${String(link)}`),
    onLinked: () => log.push('linked'),
    onLost: () => log.push('lost'),
    onRecovered: () => log.push('recovered'),
    onClosed: () => log.push('closed'),
    newNumber: () => numbers++,
  });
  return { keeper, links, log };
}

/** A keeper with a link that is up. */
function connected(isInitiator: boolean) {
  const all = keeperOf(isInitiator);
  if (isInitiator) all.keeper.start();
  else all.keeper.signal(500, OFFER);
  all.links[0]!.events.emit('connected', undefined);
  return all;
}

describe('the keeper of a session’s link', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('builds a new link when the old one breaks, under another number', () => {
    const { keeper, links, log } = keeperOf(true);
    keeper.start();
    links[0]!.events.emit('connected', undefined);
    links[0]!.events.emit('closed', undefined);
    expect(links).toHaveLength(2);
    links[0]!.events.emit('signal', OFFER);
    links[1]!.events.emit('signal', OFFER);
    expect(log).toEqual(['linked', 'lost', 'closed', 'signal 1001']);
    expect(links[0]!.isClosed).toBe(true);
  });

  it('makes no more sections for a peer than an offer may have, on each link', () => {
    const { keeper, links } = keeperOf(true);
    keeper.start();
    const ask: RtcSignal = { type: 'transceiverRequest', transceiverRequest: { kind: 'video' } };
    for (let n = 0; n < 1_000; n++) keeper.signal(1000, ask);
    expect(links[0]!.signals).toHaveLength(32);
    keeper.signal(1000, { type: 'renegotiate', renegotiate: true });
    expect(links[0]!.signals).toHaveLength(33);
    links[0]!.events.emit('connected', undefined);
    links[0]!.events.emit('closed', undefined);
    keeper.signal(1001, ask);
    expect(links[1]!.signals).toEqual([ask]);
  });

  it.each([true, false])(
    'restarts a link that falls silent, and goes on with it (initiator: %s)',
    (isInitiator) => {
      const { links, log } = connected(isInitiator);
      links[0]!.events.emit('unstable', undefined);
      vi.advanceTimersByTime(5_900);
      links[0]!.events.emit('stable', undefined);
      vi.advanceTimersByTime(60_000);
      expect(log).toEqual(['linked', 'lost', 'restart', 'recovered']);
      expect(links[0]!.isClosed).toBe(false);
    },
  );

  it.each([true, false])('replaces one that a restart did not help (initiator: %s)', (isInitiator) => {
    const { links, log } = connected(isInitiator);
    links[0]!.events.emit('unstable', undefined);
    vi.advanceTimersByTime(5_900);
    expect(links[0]!.isClosed).toBe(false);
    vi.advanceTimersByTime(200);
    expect(links[0]!.isClosed).toBe(true);
    expect(isInitiator ? links.length : log.at(-1)).toEqual(isInitiator ? 2 : 'relink 500');
  });

  it('restarts a link when the network has changed, and not once more when it falls silent after that', () => {
    const { keeper, links, log } = connected(true);
    keeper.renew();
    vi.advanceTimersByTime(2_000);
    links[0]!.events.emit('unstable', undefined);
    expect(log).toEqual(['linked', 'restart', 'lost']);
    vi.advanceTimersByTime(6_000);
    expect(links).toHaveLength(2);
  });

  it('gives a silent link as long again when the network changes, or the session is back', () => {
    const { keeper, links, log } = connected(true);
    links[0]!.events.emit('unstable', undefined);
    for (const again of ['renew', 'retry'] as const) {
      vi.advanceTimersByTime(5_000);
      keeper[again]();
    }
    vi.advanceTimersByTime(5_000);
    links[0]!.events.emit('stable', undefined);
    keeper.retry();
    expect(log).toEqual(['linked', 'lost', 'restart', 'restart', 'restart', 'recovered']);
    expect(links).toHaveLength(1);
  });

  it('tries again when an attempt gets nowhere', () => {
    const { keeper, links } = keeperOf(true);
    keeper.start();
    vi.advanceTimersByTime(8000);
    expect(links).toHaveLength(2);
    keeper.stop();
    vi.advanceTimersByTime(60_000);
    expect(links).toHaveLength(2);
  });

  it.each([true, false])(
    'lets attempts that end at once wait for each other (initiator: %s)',
    (isInitiator) => {
      const { keeper, links, log } = keeperOf(isInitiator);
      keeper.start();
      for (let number = 1; number < 20; number++) {
        if (!isInitiator) keeper.signal(number, OFFER);
        links.at(-1)!.events.emit('closed', undefined);
        vi.advanceTimersByTime(1_000);
      }
      // After 250 ms, 500 ms, 1 s, 2 s, 4 s and 8 s.
      if (isInitiator) expect(links.length).toBeLessThan(8);
      else expect(log.filter((line) => line.startsWith('relink')).length).toBeLessThan(8);
      // One that gets somewhere clears all that.
      keeper.retry();
      if (!isInitiator) keeper.signal(100, OFFER);
      const count = links.length;
      links.at(-1)!.events.emit('connected', undefined);
      links.at(-1)!.events.emit('closed', undefined);
      if (isInitiator) expect(links.length).toBe(count + 1);
      else expect(log.at(-1)).toBe('relink 100');
    },
  );

  it('asks the initiator for a new link where it is not the one, and goes on asking', () => {
    const { keeper, links, log } = keeperOf(false);
    keeper.start();
    keeper.signal(500, OFFER);
    links[0]!.events.emit('connected', undefined);
    links[0]!.events.emit('closed', undefined);
    vi.advanceTimersByTime(8000);
    expect(log).toEqual(['linked', 'lost', 'closed', 'relink 500', 'relink 500']);
    keeper.signal(600, OFFER);
    expect(links[1]!.signals).toEqual([OFFER]);
  });

  it('takes no signal of a link that was replaced, and lets nobody but the initiator make one', () => {
    const responder = keeperOf(false);
    responder.keeper.signal(500, OFFER);
    responder.keeper.signal(499, CANDIDATE);
    expect(responder.links).toHaveLength(1);
    expect(responder.links[0]!.signals).toEqual([OFFER]);
    const initiator = keeperOf(true);
    initiator.keeper.start();
    initiator.keeper.signal(2000, OFFER);
    expect(initiator.links).toHaveLength(1);
    expect(initiator.links[0]!.signals).toHaveLength(0);
  });

  it('follows the initiator to a lower number, as after a reload or a jump of its clock', () => {
    const { keeper, links } = keeperOf(false);
    keeper.signal(1_700_000_000, OFFER);
    links[0]!.events.emit('connected', undefined);
    keeper.signal(7, OFFER);
    keeper.signal(7, CANDIDATE);
    expect(links).toHaveLength(2);
    expect(links[1]!.signals).toEqual([OFFER, CANDIDATE]);
  });

  it('replaces the link that the other side names, and no newer one', () => {
    const { keeper, links } = keeperOf(true);
    keeper.start();
    links[0]!.events.emit('connected', undefined);
    keeper.relink(999);
    expect(links).toHaveLength(1);
    keeper.relink(1000);
    expect(links).toHaveLength(2);
    keeper.relink(0);
    expect(links).toHaveLength(3);
  });

  it('makes no more links than one a second for a peer that keeps asking, or numbers on and on', () => {
    const asked = keeperOf(true);
    asked.keeper.start();
    for (let n = 0; n < 100; n++) asked.keeper.relink(0);
    expect(asked.links).toHaveLength(11);
    const numbered = keeperOf(false);
    numbered.keeper.start();
    for (let n = 1; n <= 100; n++) numbered.keeper.signal(n, OFFER);
    expect(numbered.links).toHaveLength(10);
    vi.advanceTimersByTime(2_000);
    numbered.keeper.signal(200, OFFER);
    expect(numbered.links).toHaveLength(11);
  });

  describe('told of other ways without end', () => {
    it('leaves a link alone that came back before a look could be had', () => {
      const { keeper, links, log } = connected(true);
      for (let n = 0; n < 6; n++) keeper.renew();
      links[0]!.events.emit('unstable', undefined);
      vi.advanceTimersByTime(1_000);
      keeper.retry();
      links[0]!.events.emit('stable', undefined);
      const before = log.length;
      vi.advanceTimersByTime(60_000);
      expect(log.slice(before)).toEqual([]);
      keeper.stop();
    });

    it.each([true, false])(
      'restarts a link now and then, the last time after the last one (initiator: %s)',
      (isInitiator) => {
        const { keeper, links, log } = connected(isInitiator);
        for (let ms = 0; ms < 60_000; ms += 100) {
          keeper.renew();
          vi.advanceTimersByTime(100);
        }
        const restarts = log.filter((each) => each === 'restart').length;
        expect(restarts).toBeGreaterThanOrEqual(6 + 11);
        expect(restarts).toBeLessThanOrEqual(6 + 12);
        keeper.renew();
        vi.advanceTimersByTime(60_000);
        expect(log.filter((each) => each === 'restart')).toHaveLength(restarts + 1);
        expect(links).toHaveLength(1);
      },
    );

    it.each([true, false])('makes few links where none comes about (initiator: %s)', (isInitiator) => {
      const { keeper, links, log } = keeperOf(isInitiator);
      keeper.start();
      for (let n = 0; n < 500; n++) keeper[n % 2 ? 'renew' : 'retry']();
      expect(isInitiator ? links.length - 1 : log.length).toBe(6);
      vi.advanceTimersByTime(5_100);
      expect(isInitiator ? links.length - 1 : log.length).toBe(7);
    });

    it('has nothing left to do when it is stopped', () => {
      const { keeper, log } = connected(true);
      for (let n = 0; n < 10; n++) keeper.renew();
      keeper.stop();
      log.length = 0;
      vi.advanceTimersByTime(60_000);
      expect(log).toEqual([]);
    });
  });

  it('restarts a link less and less often for a peer that is silent and comes back without end', () => {
    const { links, log } = connected(true);
    for (let n = 0; n < 40; n++) {
      links[0]!.events.emit('unstable', undefined);
      vi.advanceTimersByTime(1_000);
      links[0]!.events.emit('stable', undefined);
      vi.advanceTimersByTime(2_000);
    }
    expect(links).toHaveLength(1);
    expect(log.filter((each) => each === 'restart').length).toBeLessThanOrEqual(6 + 24);
  });
});
