import { describe, expect, it } from 'vitest';
import { refusal } from '../../src/shared/identity/Handshake';
import { newFingerprint } from '../support/lan/identities';
import { type Forge, impostor } from '../support/lan/Impostor';
import {
  manInTheMiddle,
  type OnTheWire,
  type Rewrite,
  type WireMessage,
} from '../support/lan/ManInTheMiddle';
import { end } from '../support/lan/opened';
import { RawDialer } from '../support/lan/RawDialer';
import { pair, type SessionEnd, verifyBoth } from '../support/lan/SessionEnd';

/** What becomes of a dial through somebody in the middle: `asked`, or the code that it fails with. */
async function dialThrough(anna: SessionEnd, ben: SessionEnd, rewrite: Rewrite): Promise<string> {
  return outcomeOf(anna.connect(await manInTheMiddle(ben.port, rewrite)));
}

async function outcomeOf(dialing: Promise<unknown>): Promise<string> {
  return dialing.then(
    () => 'asked',
    (error: unknown) => (error as { code: string }).code,
  );
}

const isOf = ({ from, index }: OnTheWire, side: OnTheWire['from'], number: number): boolean =>
  from === side && index === number;

/** Changes fields of the hello (`dialer`) or the welcome (`listener`). */
const opening =
  (side: OnTheWire['from'], change: object): Rewrite =>
  (passing) =>
    isOf(passing, side, 0)
      ? [JSON.stringify({ ...(JSON.parse(String(passing.message)) as object), ...change })]
      : [passing.message];

const { ephemeral, commitment } = JSON.parse(RawDialer.begin().hello) as Record<string, string>;

/** Two people; with `trust`, each has the other's key pinned from a session without anybody in between. */
async function people(trust: boolean): Promise<[SessionEnd, SessionEnd]> {
  const [anna, ben] = [await end(), await end()];
  if (!trust) return [anna, ben];
  const sessionId = await pair(anna, ben);
  await Promise.all([anna.pin(sessionId), ben.pin(sessionId)]);
  anna.leave(sessionId);
  await ben.until('sessions:ended');
  return [anna, ben];
}

describe.each([
  ['strangers', false],
  ['people who trust each other', true],
])('somebody in the middle who changes the handshake of %s', (_who, trust) => {
  it.each<[string, string, Rewrite]>([
    ['swaps the dialer’s key', 'tampered', opening('dialer', { ephemeral })],
    ['swaps the listener’s key', 'tampered', opening('listener', { ephemeral })],
    ['swaps the dialer’s commitment', 'tampered', opening('dialer', { commitment })],
    ['swaps the listener’s commitment', 'tampered', opening('listener', { commitment })],
    ['adds a field', 'tampered', opening('dialer', { extra: 1 })],
    [
      'lowers the version offered',
      'incompatible-version',
      opening('dialer', { protocol: { min: 1, max: 1 } }),
    ],
    ['widens the version offered', 'tampered', opening('dialer', { protocol: { min: 1, max: 3 } })],
    ['lowers the version chosen', 'not-hither', opening('listener', { protocol: 1 })],
    ['renames the algorithms asked for', 'protocol-violation', opening('dialer', { suite: 'none' })],
    ['renames the algorithms chosen', 'not-hither', opening('listener', { suite: 'none' })],
    ['asks for another mode', 'protocol-violation', opening('dialer', { auth: 'secret' })],
    ['refuses in the listener’s place', 'not-taking', inPlaceOf(0, [JSON.stringify(refusal('not-taking'))])],
    ['says no in the person’s place', 'not-hither', inPlaceOf(0, ['{"type":"refuse","reason":"declined"}'])],
    ['refuses unsealed after the keys', 'tampered', inPlaceOf(1, [JSON.stringify(refusal('busy'))])],
    ['cuts the dialer’s proof short', 'tampered', sealedOf('dialer', (sealed) => sealed.subarray(0, -1))],
    ['flips a bit of the dialer’s proof', 'tampered', sealedOf('dialer', flipped)],
    ['flips a bit of the listener’s proof', 'tampered', sealedOf('listener', flipped)],
    ['sends the dialer’s own proof back', 'tampered', reflected()],
  ])('%s: the dial fails as %s', async (_what, code, rewrite) => {
    const [anna, ben] = await people(trust);
    const pinned = [anna.trust.list, ben.trust.list].map((list) =>
      list.map(({ identityKey }) => identityKey),
    );
    expect(await dialThrough(anna, ben, rewrite)).toBe(code);
    expect(anna.service.views()).toEqual([]);
    expect([anna.trust.list, ben.trust.list].map((list) => list.map((each) => each.identityKey))).toEqual(
      pinned,
    );
    expect(pinned.map((keys) => keys.length)).toEqual(trust ? [1, 1] : [0, 0]);
    // Where the listener was sure of the dialer, and only then, its person may have been asked; the dialer took it back.
    await expect.poll(() => ben.service.views()).toHaveLength(0);
  });

  it('can’t use a proof of an earlier connection', async () => {
    const [anna, ben] = await people(trust);
    let earlier: WireMessage | undefined;
    const rewrite: Rewrite = (passing) => {
      if (!isOf(passing, 'dialer', 1)) return [passing.message];
      earlier ??= passing.message;
      return [earlier];
    };
    const address = await manInTheMiddle(ben.port, rewrite);
    const { sessionId } = await anna.connect(address);
    anna.leave(sessionId);
    await expect.poll(() => ben.service.views()).toHaveLength(0);
    const shown = ben.incoming().length;
    expect(await outcomeOf(anna.connect(address))).toBe('tampered');
    expect(ben.incoming()).toHaveLength(shown);
  });
});

describe('somebody in the middle with an identity of its own', () => {
  it('is unknown to both, and both see another code', async () => {
    const [anna, ben] = [await end(), await end()];
    const session = await anna.connect(await impostor(ben.port, { name: 'Somebody' }));
    const incoming = await ben.until('sessions:changed');
    expect(incoming.code).not.toEqual(session.code);
    for (const each of [session, incoming]) expect(each.trust).toEqual({ state: 'unknown' });
    expect(session.peerFingerprint).not.toBe(ben.own.fingerprint);
  });

  it('is never taken for a trusted device, whatever it calls itself', async () => {
    const [anna, ben] = await people(true);
    const session = await anna.connect(await impostor(ben.port, { name: ben.name }));
    const shown = ben.incoming().at(-1);
    expect(session).toMatchObject({ trust: { state: 'name-taken' }, isVerified: false });
    expect(shown).toMatchObject({ trust: { state: 'unknown' }, isVerified: false });
    anna.leave(session.sessionId);
    const [host, port] = (await impostor(ben.port, { name: ben.name })).split(':');
    anna.nearby.set(ben.own.deviceId, [{ host: host ?? '', port: Number(port) }]);
    expect(await outcomeOf(anna.connectDevice(ben.own.deviceId))).toBe('wrong-device');
  });

  it.each<[string, Forge]>([
    ['the dialer’s proof as it was', (dialers) => dialers],
    ['the dialer’s claims under its own signature', ({ body }) => ({ body })],
    [
      'the dialer’s claims with another certificate',
      ({ body }) => ({ body: changed(body, { fingerprint: newFingerprint() }) }),
    ],
    [
      'its own key with the dialer’s nonce',
      ({ body }, { publicKey }) => ({ body: changed(body, { identityKey: publicKey }) }),
    ],
  ])('can’t pass as the dialer with %s, nor with a copied commitment beside it', async (_what, forge) => {
    const [anna, ben] = [await end(), await end()];
    const copying = await impostor(ben.port, { name: 'x', forge, copiesCommitment: true });
    const { sessionId } = await anna.connect(copying);
    anna.leave(sessionId);
    // Anna has a session with the impostor by then, under the impostor's own key.
    expect(await outcomeOf(anna.connect(await impostor(ben.port, { name: 'x', forge })))).toBe('asked');
    expect(ben.events).toEqual([]);
    expect(ben.service.views()).toEqual([]);
  });
});

describe('somebody in the middle who meddles with a session', () => {
  const timings = { redial: { firstMs: 30, longestMs: 60 }, reconnectWindowMs: 1_500 };

  /** Meddles with the first connection's messages after the handshake, in both directions, from `first` on. */
  const meddle =
    (change: (sealed: Buffer, index: number) => WireMessage[]): Rewrite =>
    ({ message, index, connection }) =>
      connection > 0 || typeof message === 'string' || index < 2 ? [message] : change(message, index);

  it.each<[string, Rewrite]>([
    ['repeats', meddle((sealed) => [sealed, sealed])],
    ['drops', meddle((sealed, index) => (index % 7 === 5 ? [] : [sealed]))],
    ['cuts short', meddle((sealed, index) => [index === 9 ? sealed.subarray(0, 12) : sealed])],
    ['changes', meddle((sealed, index) => [index === 9 ? flipped(sealed) : sealed])],
    ['reorders', swapping(9)],
    [
      'says in the clear',
      meddle((sealed, index) => (index === 9 ? ['{"type":"ack","seq":1}', sealed] : [sealed])),
    ],
  ])(
    '%s messages: the socket is given up, and every message comes once and in order',
    async (_what, rewrite) => {
      const [anna, ben] = [await end({ timings }), await end({ timings })];
      const { sessionId } = await anna.connect(await manInTheMiddle(ben.port, rewrite));
      await expect.poll(() => ben.view(sessionId)).toBeDefined();
      await verifyBoth(anna, ben, sessionId);
      for (let n = 0; n < 20; n++) {
        anna.say(sessionId, n);
        ben.say(sessionId, n);
      }
      for (const each of [anna, ben]) await expect.poll(() => each.heard()).toHaveLength(20);
      expect(anna.heard()).toEqual([...Array(20).keys()]);
      expect(ben.heard()).toEqual([...Array(20).keys()]);
      expect(anna.carriers).toContain('lan down');
      expect(anna.events.concat(ben.events).some(({ name }) => name === 'sessions:ended')).toBe(false);
    },
  );

  // With the same patience on both sides, who is second would hear now that time is up and now that the other is gone.
  it.each([
    ['the caller', 700, 10_000],
    ['who is called', 10_000, 700],
  ])(
    'and never stops gets nothing through, and the request times out for %s',
    async (_who, annaMs, benMs) => {
      const anna = await end({ timings: { ...timings, answerTimeoutMs: annaMs } });
      const ben = await end({ timings: { ...timings, answerTimeoutMs: benMs } });
      const address = await manInTheMiddle(ben.port, ({ message, index }) =>
        typeof message === 'string' || index < 2 ? [message] : [flipped(message)],
      );
      const { sessionId } = await anna.connect(address);
      anna.service.pageComes(newFingerprint());
      const [first, second] = annaMs < benMs ? [anna, ben] : [ben, anna];
      expect(await first.until('sessions:ended')).toEqual({ sessionId, reason: 'timed-out', by: 'none' });
      expect(await second.until('sessions:ended')).toEqual({ sessionId, reason: 'lost', by: 'none' });
      expect(anna.carriers.length).toBeGreaterThan(1);
      const told = ben.all('sessions:changed').map(({ peerFingerprint }) => peerFingerprint);
      expect(told).not.toContain(anna.own.fingerprint);
    },
  );

  it('can’t use messages of another connection of the same two', async () => {
    const [anna, ben] = [await end({ timings }), await end({ timings })];
    const earlier: Buffer[] = [];
    const address = await manInTheMiddle(ben.port, ({ message, from, index, connection }) => {
      if (typeof message === 'string' || from === 'listener' || index < 2) return [message];
      if (connection === 0) earlier.push(message);
      return connection === 1 && index === 2 ? [earlier[0] ?? '', message] : [message];
    });
    const first = await anna.connect(address);
    await ben.until('sessions:changed');
    const hasRebound = (sessionId: string): boolean =>
      ben.view(sessionId)?.peerFingerprint === anna.own.fingerprint;
    anna.service.pageComes(newFingerprint());
    await expect.poll(() => hasRebound(first.sessionId)).toBe(true);
    anna.leave(first.sessionId);
    await ben.until('sessions:ended');
    const { sessionId } = await anna.connect(address);
    await expect.poll(() => ben.view(sessionId)).toBeDefined();
    anna.service.pageComes(newFingerprint());
    await expect.poll(() => hasRebound(sessionId)).toBe(true);
    expect(ben.carriers).toEqual(['lan up', 'lan up', 'lan down', 'lan up']);
  });
});

function inPlaceOf(index: number, answer: string[]): Rewrite {
  return (passing) => (isOf(passing, 'listener', index) ? answer : [passing.message]);
}

function sealedOf(side: OnTheWire['from'], change: (sealed: Buffer) => Buffer): Rewrite {
  return (passing) =>
    isOf(passing, side, 1) && typeof passing.message !== 'string'
      ? [change(passing.message)]
      : [passing.message];
}

/** The dialer gets its own identify for an answer. */
function reflected(): Rewrite {
  let identify: WireMessage = '';
  return (passing) => {
    if (isOf(passing, 'dialer', 1)) identify = passing.message;
    return isOf(passing, 'listener', 1) ? [identify] : [passing.message];
  };
}

/** Sends message `index` of the first connection's either direction after the next one. */
function swapping(index: number): Rewrite {
  const held = new Map<string, WireMessage>();
  return (passing) => {
    if (passing.connection > 0) return [passing.message];
    if (passing.index === index) {
      held.set(passing.from, passing.message);
      return [];
    }
    return passing.index === index + 1 ? [passing.message, held.get(passing.from) ?? ''] : [passing.message];
  };
}

function flipped(sealed: Buffer): Buffer {
  const changed = Buffer.from(sealed);
  changed[5] = (changed[5] ?? 0) ^ 1;
  return changed;
}

function changed(body: string, change: object): string {
  return JSON.stringify({ ...(JSON.parse(body) as object), ...change });
}
