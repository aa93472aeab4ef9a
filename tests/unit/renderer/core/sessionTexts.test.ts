import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SessionTexts } from '../../../../src/renderer/core/texts/SessionTexts';
import { parseControlMessage } from '../../../../src/shared/protocol/control';
import { fitsInMessage } from '../../../../src/shared/protocol/text';

/** Of one text, as PROTOCOL.md has it. */
const MAX_TEXT_BYTES = 64 * 1024;

type Message = Parameters<ConstructorParameters<typeof SessionTexts>[0]['send']>[0];

/** Two ends of one session, over a link that can be down and that carries what a real one would take. */
function pair() {
  const link = { isUp: true, sent: [] as Message[] };
  const end = (other: () => SessionTexts): SessionTexts =>
    new SessionTexts({
      send: (message) => {
        if (!link.isUp) return;
        const arrived = parseControlMessage(JSON.stringify(message));
        link.sent.push(message);
        if (arrived?.type === 'text') other().handleText(arrived);
        else if (arrived?.type === 'text-received') other().handleReceived(arrived.textId);
        else throw new Error('not a control message');
      },
      onChange: () => undefined,
      now: () => 5,
    });
  const mine: SessionTexts = end(() => theirs);
  const theirs: SessionTexts = end(() => mine);
  return { link, mine, theirs };
}

const id = (n: number) => n.toString(16).padStart(32, '0');

describe('SessionTexts', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['performance'] }));
  afterEach(() => vi.useRealTimers());

  it('shows a text on both sides, as it was written, and tells the sender that it arrived', () => {
    const { mine, theirs } = pair();
    const text = '  <b>안녕</b>\n\thttps://example.org \u202e ';
    mine.send(text);
    expect(theirs.views).toMatchObject([{ direction: 'in', text, state: 'received', atMs: 5 }]);
    expect(mine.views).toMatchObject([{ direction: 'out', text, state: 'delivered' }]);
  });

  it('repeats on the next link what the last one lost, and shows it once', () => {
    const { link, mine, theirs } = pair();
    link.isUp = false;
    mine.send('one');
    expect(mine.views).toMatchObject([{ state: 'sending' }]);
    link.isUp = true;
    mine.repeat();
    mine.repeat();
    expect(mine.views).toMatchObject([{ state: 'delivered' }]);
    expect(theirs.views).toHaveLength(1);
  });

  it('shows a text once whose confirmation was lost', () => {
    const sent: Message[] = [];
    const texts = new SessionTexts({
      send: (each) => sent.push(each),
      onChange: () => undefined,
      now: Date.now,
    });
    texts.handleText({ textId: id(1), text: 'a' });
    texts.handleText({ textId: id(1), text: 'a' });
    expect(texts.views).toHaveLength(1);
    expect(sent).toEqual([
      { type: 'text-received', textId: id(1) },
      { type: 'text-received', textId: id(1) },
    ]);
  });

  it('says of what has not arrived when the session ends that it failed, and leaves the others', () => {
    const { link, mine } = pair();
    mine.send('one');
    link.isUp = false;
    mine.send('two');
    mine.end();
    expect(mine.views.map(({ state }) => state)).toEqual(['delivered', 'failed']);
  });

  it('keeps to the rate that the other side takes, however long the key is held down', () => {
    const { mine, theirs } = pair();
    let refused = 0;
    for (let i = 0; i < 300; i++) {
      vi.advanceTimersByTime(33);
      try {
        mine.send(`text ${i}`);
      } catch (error) {
        expect(error).toMatchObject({ code: 'too-fast' });
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(200);
    expect(mine.views.every(({ state }) => state === 'delivered')).toBe(true);
    expect(theirs.views).toHaveLength(300 - refused);
  });

  it('drops what a peer floods it with, and keeps neither more texts nor more characters than it means to', () => {
    const sent: Message[] = [];
    const texts = new SessionTexts({
      send: (each) => sent.push(each),
      onChange: () => undefined,
      now: Date.now,
    });
    const text = 'x'.repeat(MAX_TEXT_BYTES);
    for (let i = 0; i < 1000; i++) texts.handleText({ textId: id(i), text });
    expect(sent).toHaveLength(60);
    expect(texts.views.length * MAX_TEXT_BYTES).toBe(2 * 1024 * 1024);
    for (let i = 1000; i < 1400; i++) {
      vi.advanceTimersByTime(200);
      texts.handleText({ textId: id(i), text: 'short' });
    }
    expect(texts.views).toHaveLength(200);
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
        expect(parseControlMessage(JSON.stringify({ type: 'text', textId: id(1), text }))).not.toBeNull();
      }
    }
  });
});
