import { describe, expect, it } from 'vitest';
import { SideLinks } from '../../../../src/renderer/core/session/SideLinks';
import { Emitter } from '../../../../src/shared/Emitter';
import { MAX_SIDE_LINKS, MAX_SIDE_SDP } from '../../../../src/shared/protocol/sideLink';

const MIB = 1024 * 1024;

class FakeLink {
  readonly events = new Emitter<{ closed: undefined }>();
  readonly laneChannel = {} as RTCDataChannel;
  readonly maxPacketBytes = 1024;
  readonly answers: string[] = [];
  isClosed = false;
  constructor(readonly sdp: string | null) {}
  offer(): Promise<string | null> {
    return Promise.resolve(this.sdp);
  }
  answer(offer: string): Promise<string | null> {
    return Promise.resolve(this.sdp === null ? null : `answer to ${offer}`);
  }
  handleAnswer(sdp: string): Promise<void> {
    this.answers.push(sdp);
    return Promise.resolve();
  }
  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.events.emit('closed', undefined);
  }
}

/** @param roundTrips what is measured, one look after the other; the last one repeats */
function sideLinksOf(isInitiator: boolean, roundTrips: (number | null)[] = [20], sdp: string | null = 'sdp') {
  const links: FakeLink[] = [];
  const log: string[] = [];
  const sides = new SideLinks({
    isInitiator,
    createLink: () => {
      const link = new FakeLink(sdp);
      links.push(link);
      return link;
    },
    roundTripMs: () => Promise.resolve((roundTrips.length > 1 ? roundTrips.shift() : roundTrips[0]) ?? null),
    send: (message) => log.push(`${message.type} ${message.side} ${message.sdp}`),
    isSafe: (text) => {
      if (text !== 'bad') return true;
      log.push('unsafe');
      return false;
    },
    onLink: () => log.push('link'),
    onGone: () => log.push('gone'),
    onViolation: () => log.push('violation'),
  });
  const count = (entry: string): number => log.filter((line) => line.startsWith(entry)).length;
  return { sides, links, log, count };
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('side links', () => {
  it('are all opened by the initiator once bytes move and the round trip is long', async () => {
    const { sides, count } = sideLinksOf(true);
    sides.moved(MIB);
    await settled();
    expect(count('side-offer')).toBe(0);
    sides.moved(MIB);
    await settled();
    expect(count('side-offer')).toBe(MAX_SIDE_LINKS);
    expect(sides.all).toHaveLength(MAX_SIDE_LINKS);
    sides.moved(100 * MIB);
    await settled();
    expect(count('side-offer')).toBe(MAX_SIDE_LINKS);
  });

  it('make way for new ones where the path is another one, if that is long as well', async () => {
    for (const [beforeMs, laterMs, opened] of [
      [20, 30, 2 * MAX_SIDE_LINKS],
      [20, 1, MAX_SIDE_LINKS],
      [1, 30, MAX_SIDE_LINKS],
    ] as const) {
      const { sides, count } = sideLinksOf(true, [beforeMs, beforeMs, laterMs]);
      sides.moved(2 * MIB);
      await settled();
      sides.replace();
      expect(sides.all).toEqual([]);
      sides.moved(2 * MIB);
      await settled();
      expect(count('side-offer')).toBe(opened);
    }
  });

  it('are not replaced by the side that did not make them, nor opened while media run', async () => {
    const responder = sideLinksOf(false);
    await responder.sides.handleOffer({ type: 'side-offer', side: 1, sdp: 'offer' });
    responder.sides.replace();
    expect(responder.sides.all).toHaveLength(1);
    const { sides, count } = sideLinksOf(true);
    sides.rest();
    sides.replace();
    sides.moved(4 * MIB);
    await settled();
    expect(count('side-offer')).toBe(0);
  });

  it.each([
    ['a short round trip', [1]],
    ['one that is long only under load', [1, 60]],
    ['one that nobody knows', [null]],
  ])('are not opened for %s', async (_, roundTrips) => {
    const { sides, count } = sideLinksOf(true, roundTrips);
    for (let i = 0; i < 20; i++) {
      sides.moved(5 * MIB);
      await settled();
    }
    expect(count('link')).toBe(0);
  });

  it('are never opened by the side that does not make the offers', async () => {
    const { sides, count } = sideLinksOf(false);
    for (let i = 0; i < 20; i++) sides.moved(5 * MIB);
    await settled();
    expect(count('link')).toBe(0);
  });

  it('are all closed while media run, and come back with the first bytes after that', async () => {
    const { sides, links, log, count } = sideLinksOf(true);
    sides.moved(5 * MIB);
    await settled();
    sides.rest();
    expect(links.every(({ isClosed }) => isClosed)).toBe(true);
    expect(sides.all).toEqual([]);
    sides.moved(100 * MIB);
    await settled();
    expect(count('side-offer')).toBe(MAX_SIDE_LINKS);
    sides.wake();
    sides.moved(1);
    await settled();
    expect(sides.all).toHaveLength(MAX_SIDE_LINKS);
    const numbers = log.flatMap((line) => /^side-offer (\d+)/.exec(line)?.[1] ?? []).map(Number);
    expect(numbers).toEqual(Array.from({ length: 2 * MAX_SIDE_LINKS }, (_, index) => index + 1));
  });

  it('that could not be offered before media began are not offered then', async () => {
    const { sides, count } = sideLinksOf(true);
    sides.moved(5 * MIB);
    sides.rest();
    await settled();
    expect(count('link')).toBe(0);
    sides.wake();
    sides.moved(5 * MIB);
    await settled();
    expect(count('side-offer')).toBe(MAX_SIDE_LINKS);
  });

  it('are closed by the side that answers, too, which goes on to answer', async () => {
    const { sides, links } = sideLinksOf(false);
    await sides.handleOffer({ type: 'side-offer', side: 1, sdp: 'a' });
    sides.rest();
    expect(links[0]?.isClosed).toBe(true);
    await sides.handleOffer({ type: 'side-offer', side: 2, sdp: 'b' });
    expect(sides.all).toHaveLength(1);
  });

  it('are no more than so many at a time, and not made faster than people share', async () => {
    const { sides, links, count } = sideLinksOf(false);
    for (let side = 1; side <= 1_000; side++) await sides.handleOffer({ type: 'side-offer', side, sdp: 'a' });
    expect(sides.all).toHaveLength(MAX_SIDE_LINKS);
    expect(links).toHaveLength(4 * MAX_SIDE_LINKS);
    expect(links.at(0)?.isClosed).toBe(true);
    expect(count('violation')).toBe(0);
  });

  it('are answered, each number once, whatever became of the link', async () => {
    const { sides, links, log } = sideLinksOf(false);
    await sides.handleOffer({ type: 'side-offer', side: 1, sdp: 'a' });
    expect(log).toEqual(['link', 'side-answer 1 answer to a']);
    links[0]?.close();
    expect(sides.all).toEqual([]);
    await sides.handleOffer({ type: 'side-offer', side: 1, sdp: 'b' });
    expect(log.slice(2)).toEqual(['gone', 'violation']);
    expect(links).toHaveLength(1);
  });

  it('are not built of what may not reach a browser', async () => {
    const { sides, links, log } = sideLinksOf(false);
    await sides.handleOffer({ type: 'side-offer', side: 1, sdp: 'bad' });
    expect(log).toEqual(['unsafe']);
    expect(links).toEqual([]);
  });

  it('take one answer each, and only where there was an offer', async () => {
    const { sides, links, count } = sideLinksOf(true);
    sides.moved(5 * MIB);
    await settled();
    await sides.handleAnswer({ type: 'side-answer', side: 2, sdp: 'x' });
    expect(links[1]?.answers).toEqual(['x']);
    await sides.handleAnswer({ type: 'side-answer', side: 2, sdp: 'x' });
    expect(count('violation')).toBe(1);
    await sides.handleOffer({ type: 'side-offer', side: 3, sdp: 'x' });
    expect(count('violation')).toBe(2);
    await sides.handleAnswer({ type: 'side-answer', side: 3, sdp: 'bad' });
    expect(links[2]?.answers).toEqual([]);
    expect(count('unsafe')).toBe(1);
  });

  it('hear an answer that is late without complaint', async () => {
    const { sides, links, count } = sideLinksOf(true);
    sides.moved(5 * MIB);
    await settled();
    links[0]?.close();
    await sides.handleAnswer({ type: 'side-answer', side: 1, sdp: 'x' });
    expect(links[0]?.answers).toEqual([]);
    expect(count('violation')).toBe(0);
  });

  it('that fail by themselves leave the others alone; all end with the peer link and none comes after it', async () => {
    const { sides, links, count } = sideLinksOf(true);
    sides.moved(5 * MIB);
    await settled();
    links[3]?.close();
    expect(links.filter(({ isClosed }) => isClosed)).toHaveLength(1);
    expect(count('gone')).toBe(1);
    sides.close();
    expect(count('gone')).toBe(MAX_SIDE_LINKS);

    const late = sideLinksOf(true);
    late.sides.moved(5 * MIB);
    late.sides.close();
    await settled();
    expect(late.count('link')).toBe(0);
    const answering = sideLinksOf(false);
    const answered = answering.sides.handleOffer({ type: 'side-offer', side: 1, sdp: 'a' });
    answering.sides.close();
    await answered;
    expect(answering.count('side-answer')).toBe(0);
  });

  it('whose SDP is too long for the peer are not offered', async () => {
    const { sides, links, count } = sideLinksOf(true, [20], 'x'.repeat(MAX_SIDE_SDP + 1));
    sides.moved(5 * MIB);
    await settled();
    expect(count('side-offer')).toBe(0);
    expect(links.every(({ isClosed }) => isClosed)).toBe(true);
  });
});
