import { describe, expect, it } from 'vitest';
import { TextService } from '../../../../src/backend/messages/TextService';
import { textsAfter, type TextView } from '../../../../src/shared/contract/texts';
import { HitherError } from '../../../../src/shared/errors';
import { fitsInMessage, TextMessage } from '../../../../src/shared/protocol/text';
import { ManualClock } from '../../../support/ManualClock';
import { random } from '../../../support/lan/identities';
import { featureSession } from '../../../support/transfer/featureSession';

/** Of one text, as PROTOCOL.md has it. */
const MAX_TEXT_BYTES = 64 * 1024;

const id = (n: number) => n.toString(16).padStart(32, '0');
const sessionWith = (deviceId: string) => featureSession(id(1), deviceId);
const [ANNA, BEN] = [id(101), id(102)];

/** One backend's texts, what it sends, and what its page has made of all changes. */
class Side {
  readonly clock = new ManualClock();
  readonly sent: TextMessage[] = [];
  readonly shown = new Map<string, readonly TextView[]>();
  readonly service: TextService;
  onSend: (message: TextMessage) => void = () => undefined;

  /** @param sessions the device at the other end of each */
  constructor(sessions: Record<string, string>) {
    this.service = new TextService({
      clock: this.clock,
      random,
      deviceOf: (sessionId) => {
        const deviceId = sessions[sessionId];
        if (deviceId === undefined) throw new HitherError('unknown-session');
        return deviceId;
      },
      send: (_, message) => {
        this.sent.push(message);
        this.onSend(message);
      },
      onChange: (change) => {
        const { deviceId } = change;
        this.shown.set(deviceId, textsAfter(this.shown.get(deviceId) ?? [], change));
      },
    });
  }

  send(text: string, sessionId = id(1)): void {
    void this.service.handlers['texts:send']({ sessionId, text }, 'page');
  }

  with(deviceId: string): readonly TextView[] {
    const texts = this.service.all.find((each) => each.deviceId === deviceId)?.texts ?? [];
    // What a page knows from the changes alone is what one that attaches now gets.
    expect(this.shown.get(deviceId) ?? []).toEqual(texts);
    return texts;
  }
}

/** Two ends of one session, whose messages pass as JSON; while it is down they wait, as a session has it. */
function pair() {
  const [mine, theirs] = [new Side({ [id(1)]: BEN }), new Side({ [id(1)]: ANNA })];
  const link = { isUp: true, waiting: [] as (() => void)[] };
  const join = (from: Side, to: Side, deviceId: string): void => {
    from.onSend = (message) => {
      const arrived = TextMessage.parse(JSON.parse(JSON.stringify(message)));
      const deliver = (): void => to.service.handle(sessionWith(deviceId), arrived);
      if (link.isUp) queueMicrotask(deliver);
      else link.waiting.push(deliver);
    };
  };
  join(mine, theirs, ANNA);
  join(theirs, mine, BEN);
  return { link, mine, theirs };
}

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('TextService', () => {
  it('shows a text on both sides, as it was written, and tells the sender that it arrived', async () => {
    const { mine, theirs } = pair();
    const text = '  <b>안녕</b>\n\thttps://example.org \u202e ';
    mine.send(text);
    expect(mine.with(BEN)).toMatchObject([{ direction: 'out', text, state: 'sending' }]);
    await settle();
    const atMs = theirs.clock.now();
    expect(theirs.with(ANNA)).toMatchObject([{ direction: 'in', text, state: 'received', atMs }]);
    expect(mine.with(BEN)).toMatchObject([{ direction: 'out', text, state: 'delivered' }]);
  });

  it('shows what waited for a carrier as soon as there is one, once', async () => {
    const { link, mine, theirs } = pair();
    link.isUp = false;
    mine.send('one');
    await settle();
    expect(mine.with(BEN)).toMatchObject([{ state: 'sending' }]);
    link.isUp = true;
    for (const deliver of link.waiting) deliver();
    await settle();
    expect(mine.with(BEN)).toMatchObject([{ state: 'delivered' }]);
    expect(theirs.with(ANNA)).toHaveLength(1);
  });

  it('shows a text once that comes twice, and confirms both', () => {
    const side = new Side({});
    for (let n = 0; n < 2; n++)
      side.service.handle(sessionWith(BEN), { type: 'text', textId: id(1), text: 'a' });
    expect(side.with(BEN)).toHaveLength(1);
    expect(side.sent).toEqual([
      { type: 'text-received', textId: id(1) },
      { type: 'text-received', textId: id(1) },
    ]);
  });

  it('says of what has not arrived when the session ends that it failed, and leaves the others', async () => {
    const { link, mine } = pair();
    mine.send('one');
    await settle();
    link.isUp = false;
    mine.send('two');
    mine.service.closed(sessionWith(BEN));
    expect(mine.with(BEN).map(({ state }) => state)).toEqual(['delivered', 'failed']);
    mine.service.handle(sessionWith(BEN), { type: 'text-received', textId: mine.with(BEN)[1]!.textId });
    expect(mine.with(BEN).map(({ state }) => state)).toEqual(['delivered', 'failed']);
  });

  it('keeps to the rate that the other side takes, however long the key is held down', async () => {
    const { mine, theirs } = pair();
    let refused = 0;
    for (let i = 0; i < 300; i++) {
      for (const { clock } of [mine, theirs]) clock.advance(33);
      try {
        mine.send(`text ${i}`);
      } catch (error) {
        expect(error).toMatchObject({ code: 'too-fast' });
        refused++;
      }
      await Promise.resolve();
    }
    await settle();
    expect(refused).toBeGreaterThan(200);
    expect(mine.with(BEN).every(({ state }) => state === 'delivered')).toBe(true);
    expect(theirs.with(ANNA)).toHaveLength(300 - refused);
  });

  it('drops what a peer floods it with, and keeps neither more texts nor more characters than it means to', () => {
    const side = new Side({});
    const text = 'x'.repeat(MAX_TEXT_BYTES);
    for (let i = 0; i < 1000; i++)
      side.service.handle(sessionWith(BEN), { type: 'text', textId: id(i), text });
    expect(side.sent).toHaveLength(60);
    expect(side.with(BEN).length * MAX_TEXT_BYTES).toBe(2 * 1024 * 1024);
    for (let i = 1000; i < 1400; i++) {
      side.clock.advance(200);
      side.service.handle(sessionWith(BEN), { type: 'text', textId: id(i), text: 'short' });
    }
    expect(side.with(BEN)).toHaveLength(200);
  });

  it('keeps the texts of each device apart, across sessions, and of so many devices and no more', () => {
    const side = new Side({ [id(1)]: ANNA, [id(2)]: BEN });
    side.send('to Anna', id(1));
    side.clock.advance(1);
    side.send('to Ben', id(2));
    side.service.closed(sessionWith(ANNA));
    expect(side.with(ANNA)).toMatchObject([{ text: 'to Anna', state: 'failed' }]);
    expect(side.with(BEN)).toMatchObject([{ text: 'to Ben', state: 'sending' }]);
    for (let n = 0; n < 31; n++) {
      side.clock.advance(1);
      side.service.handle(sessionWith(id(1_000 + n)), { type: 'text', textId: id(n), text: 'hi' });
    }
    expect(side.service.all).toHaveLength(32);
    // Anna wrote longest ago.
    expect(side.with(ANNA)).toEqual([]);
    expect(side.with(BEN)).toHaveLength(1);
  });

  it('refuses what is no text for a message, and what belongs to no session', () => {
    const side = new Side({ [id(1)]: ANNA });
    for (const text of ['', 'x'.repeat(MAX_TEXT_BYTES + 1)])
      expect(() => side.send(text)).toThrow('text-too-long');
    expect(() => side.send('a', id(7))).toThrow('unknown-session');
    expect(side.sent).toEqual([]);
  });

  it('shows nothing as sent that a session did not take', () => {
    const side = new Side({ [id(1)]: ANNA });
    side.onSend = () => {
      throw new HitherError('not-verified');
    };
    expect(() => side.send('a')).toThrow('not-verified');
    expect(side.with(ANNA)).toEqual([]);
  });
});

describe('fitsInMessage', () => {
  it('counts bytes, and what escaping adds', () => {
    expect(fitsInMessage('')).toBe(false);
    expect(fitsInMessage('x'.repeat(MAX_TEXT_BYTES))).toBe(true);
    expect(fitsInMessage('x'.repeat(MAX_TEXT_BYTES + 1))).toBe(false);
    expect(fitsInMessage('한'.repeat(MAX_TEXT_BYTES / 3 + 1))).toBe(false);
    expect(fitsInMessage('\u0000'.repeat(MAX_TEXT_BYTES))).toBe(false);
  });

  it('lets nothing through that the other side would refuse', () => {
    for (const char of ['x', '한', '😀', '"', '\u0000', '\ud800', '\n']) {
      const most = Math.floor(MAX_TEXT_BYTES / char.length);
      for (const count of [most, Math.floor(most / 2), Math.floor(most / 3), Math.floor(most / 6)]) {
        const text = char.repeat(count);
        if (!fitsInMessage(text)) continue;
        expect(TextMessage.safeParse({ type: 'text', textId: id(1), text }).success).toBe(true);
      }
    }
  });
});
