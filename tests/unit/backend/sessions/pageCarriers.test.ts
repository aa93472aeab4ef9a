import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  PageCarriers,
  type PageCarriersOptions,
} from '../../../../src/backend/sessions/carriers/PageCarriers';
import type { SealedCarrier } from '../../../../src/backend/sessions/carriers/SealedCarrier';
import type { SessionEvents } from '../../../../src/backend/sessions/sessionParts';
import { DEFAULT_LIMITS } from '../../../../src/backend/sessions/timings';
import { Emitter } from '../../../../src/shared/Emitter';
import { ManualClock } from '../../../support/ManualClock';
import { SimulatedClock } from '../../../support/transfer/SimulatedClock';

/** How many different orders of things are tried; `npm run test:long` tries more. */
const SEEDS = Number(process.env['HITHER_SEEDS'] ?? 2_000);
/** What each side says first on every carrier, so that the same keys would show. */
const WORDS = 'the same words at every beginning';
const HELLO = 'as long as frames are';
const CHANNEL = 'channel';

/** One backend with its page, as far as one data channel goes. */
class Side {
  readonly carriers: SealedCarrier[] = [];
  /** What was heard on each carrier. */
  readonly heard: string[][] = [];
  readonly sent: Uint8Array[] = [];
  readonly events = new Emitter<SessionEvents>();
  /** Frames on their way to the other side, in order. */
  readonly outgoing: Uint8Array<ArrayBuffer>[] = [];
  readonly pages: PageCarriers;
  isThere = true;
  lost = 0;
  #randoms = 0;

  constructor(
    readonly role: 'dialer' | 'listener',
    clock: ManualClock,
  ) {
    const session: ReturnType<PageCarriersOptions['sessionOf']> = {
      isVerified: true,
      role,
      exporter: new Uint8Array(32).fill(7),
      ended: new AbortController().signal,
      events: this.events,
      attach: (carrier) => this.#attach(carrier),
    };
    this.pages = new PageCarriers({
      clock,
      limits: DEFAULT_LIMITS,
      random: (count) => {
        const hash = createHash('sha256')
          .update(`${role} ${String(this.#randoms++)}`)
          .digest();
        return new Uint8Array(hash.subarray(0, count));
      },
      sessionOf: () => session,
      send: (_, bytes) => {
        this.sent.push(bytes);
        if (this.isThere) this.outgoing.push(bytes);
      },
    });
  }

  announce(): void {
    this.isThere = true;
    this.carriers.at(-1)?.read(null);
    void this.pages.handlers['carriers:open']({ sessionId: '', carrierId: CHANNEL }, 'page');
  }

  goAway(): void {
    this.isThere = false;
    this.pages.pageGone();
  }

  receive(bytes: Uint8Array<ArrayBuffer> | undefined): void {
    if (bytes && this.isThere)
      void this.pages.handlers['carriers:frame']({ carrierId: CHANNEL, bytes }, 'page');
  }

  #attach(carrier: SealedCarrier): void {
    // As a session does: the one before gives way.
    this.carriers.at(-1)?.read(null);
    const heard: string[] = [];
    this.heard.push(heard);
    this.carriers.push(carrier);
    carrier.read({
      onText: (text) => heard.push(text),
      onClosed: () => {
        if (this.isThere && carrier === this.carriers.at(-1)) this.lost++;
      },
    });
    carrier.sendText(WORDS);
  }
}

function sides() {
  const clock = new ManualClock();
  return { clock, dialer: new Side('dialer', clock), listener: new Side('listener', clock) };
}

/** Delivers all that is on its way, and what comes of it. */
function settle(dialer: Side, listener: Side): void {
  for (let n = 0; dialer.outgoing.length + listener.outgoing.length > 0; n++) {
    if (n > 1_000) throw new Error('never comes to rest');
    listener.receive(dialer.outgoing.shift());
    dialer.receive(listener.outgoing.shift());
  }
}

/** Whether what either side says now is heard by the other one. */
function expectJoined(dialer: Side, listener: Side, hint?: string): void {
  for (const [from, to] of [
    [dialer, listener],
    [listener, dialer],
  ] as const) {
    from.carriers.at(-1)?.sendText(HELLO);
    settle(dialer, listener);
    expect(to.heard.at(-1), hint).toEqual([WORDS, HELLO]);
  }
}

describe('the two ends of a data channel', () => {
  it('come to have the same keys, whoever begins anew when, and none of them twice', () => {
    for (let seed = 1; seed <= SEEDS; seed++) {
      const dice = new SimulatedClock(seed);
      const { clock, dialer, listener } = sides();
      const both = [dialer, listener] as const;
      for (let step = 0; step < 16; step++) {
        const side = both[dice.between(0, 1)]!;
        const fate = dice.random();
        if (fate < 0.25) side.announce();
        else if (fate < 0.35) side.goAway();
        else
          for (let n = dice.between(1, 4); n > 0; n--) {
            const from = both[dice.between(0, 1)]!;
            (from === dialer ? listener : dialer).receive(from.outgoing.shift());
          }
        clock.advance(1_000);
      }
      const hint = `seed ${String(seed)}`;
      // In the end each page is there and has told its backend, in either order and with anything on its way.
      for (const side of dice.random() < 0.5 ? both : [listener, dialer])
        if (side.carriers.length === 0 || !side.isThere || dice.random() < 0.5) side.announce();
      settle(dialer, listener);
      expectJoined(dialer, listener, hint);
      expect([dialer.lost, listener.lost], hint).toEqual([0, 0]);
      const sealed = both.flatMap(({ sent }) => sent.filter(({ length }) => length === WORDS.length + 16));
      expect(new Set(sealed.map((bytes) => Buffer.from(bytes).toString('hex'))).size, hint).toBe(
        sealed.length,
      );
    }
  });

  it('need one word each where nobody was away, and one more to say so', () => {
    const { dialer, listener } = sides();
    dialer.announce();
    listener.announce();
    settle(dialer, listener);
    expectJoined(dialer, listener);
    expect(dialer.sent.map(({ length }) => length).filter((length) => length <= 32)).toEqual([16, 32]);
    expect([dialer, listener].map(({ carriers }) => carriers.length)).toEqual([1, 1]);
  });

  it('begin anew at 16 bytes on an established channel, which only a side without keys says', () => {
    const { dialer, listener } = sides();
    dialer.announce();
    listener.announce();
    settle(dialer, listener);
    dialer.goAway();
    listener.carriers.at(-1)?.sendText('lost, whoever says it');
    settle(dialer, listener);
    dialer.announce();
    settle(dialer, listener);
    expectJoined(dialer, listener);
    expect([dialer, listener].map(({ carriers }) => carriers.length)).toEqual([2, 2]);
  });

  it('never make keys of the same two words again, whatever a peer repeats', () => {
    const { listener } = sides();
    listener.announce();
    const own = listener.outgoing.shift()!;
    const word = (n: number) => new Uint8Array(16).fill(n);
    const answer = (n: number) => new Uint8Array([...word(n), ...own]);
    for (const n of [1, 2, 1, 2]) listener.receive(word(n));
    expect(listener.carriers).toHaveLength(2);
    for (const n of [1, 2, 3, 1, 2, 3]) listener.receive(answer(n));
    expect(listener.carriers).toHaveLength(3);
    for (const length of [0, 1, 15, 17, 31]) listener.receive(new Uint8Array(length));
    expect(listener.carriers).toHaveLength(3);
  });

  it('are neither kept busy with keys nor flooded', () => {
    for (const length of [16, 32, 60]) {
      const { dialer, listener } = sides();
      dialer.announce();
      listener.announce();
      settle(dialer, listener);
      let count = 0;
      listener.carriers.at(-1)?.read({ onText: () => count++, onClosed: () => undefined });
      for (let n = 0; n < 10_000; n++) {
        if (length === 60) dialer.carriers.at(-1)?.sendText('x'.repeat(44));
        else dialer.outgoing.push(new Uint8Array(length).fill(n % 251));
        listener.receive(dialer.outgoing.shift());
      }
      expect(listener.carriers.length).toBeLessThan(45);
      expect(count).toBeLessThan(4_100);
      expect(count > 3_900).toBe(length === 60);
    }
  });

  it('end with their session', () => {
    const { dialer, listener } = sides();
    dialer.announce();
    listener.announce();
    settle(dialer, listener);
    listener.events.emit('ended', { reason: 'left', by: 'me' });
    dialer.carriers.at(-1)?.sendText('to nobody in particular');
    settle(dialer, listener);
    expect(listener.heard.at(-1)).toEqual([WORDS]);
  });
});
