import { describe, expect, it } from 'vitest';
import type { OpenRelaySocket, RelaySocketReader } from '../../../../src/backend/ports';
import { SessionMailboxes } from '../../../../src/backend/sessions/relay/SessionMailboxes';
import type { Session } from '../../../../src/backend/sessions/Session';
import { DEFAULT_LIMITS } from '../../../../src/backend/sessions/timings';
import { Emitter } from '../../../../src/shared/Emitter';
import { RelayRequest } from '../../../../src/shared/protocol/relay';
import { ManualClock } from '../../../support/ManualClock';

/** Lets promises that are settled be heard. */
const settled = () => new Promise((resolve) => setImmediate(resolve));
const LIMITS = { frameBytes: 4096, waitingFrames: 64, waitingBytes: 65_536, awayMs: 60_000 };

/** A session at a relay that says what the test has it say, and another STUN server each time it is asked. */
async function atRelay(ttlS = 600) {
  const clock = new ManualClock();
  const abort = new AbortController();
  const [updates, nonces]: [string[], Uint8Array[]] = [[], []];
  let asked = 0;
  let reader: RelaySocketReader | undefined;
  const say = (message: object): void => reader?.onText(JSON.stringify(message));
  const flip = (isPresent: boolean, epoch = 'a'.repeat(32)): void => say({ type: 'peer', isPresent, epoch });
  const openSocket: OpenRelaySocket = (_url, ofSocket) => {
    reader = ofSocket;
    return Promise.resolve({
      probe: () => undefined,
      close: () => undefined,
      send: (message) => {
        if (typeof message !== 'string') {
          nonces.push(message);
          return;
        }
        const request = RelayRequest.parse(JSON.parse(message));
        if (request.type === 'join')
          say({
            ...{ type: 'joined', mailbox: request.mailbox, nameplate: null, epoch: 'a'.repeat(32) },
            ...{ received: 0, isPeerPresent: false, limits: LIMITS },
          });
        if (request.type === 'ice')
          say({ type: 'ice', ttlS, servers: [{ urls: [`stun:203.0.113.1:${String(++asked)}`] }] });
      },
    });
  };
  const session = {
    exporter: new Uint8Array(32),
    events: new Emitter(),
    ended: abort.signal,
    role: 'dialer',
    isUpBy: () => false,
    updateRelayRoute: ({ iceServers }: { iceServers: { urls: string[] }[] }) =>
      updates.push(iceServers[0]!.urls[0]!),
  };
  const mailboxes = new SessionMailboxes({
    ...{ openSocket, clock, limits: DEFAULT_LIMITS },
    sideOf: () => '0'.repeat(32),
    random: (count) => new Uint8Array(count),
  });
  mailboxes.use(session as unknown as Session, 'https://relay.example');
  await settled();
  const pass = async (ms: number): Promise<void> => {
    clock.advance(ms);
    await settled();
  };
  return { flip, pass, settled, updates, nonces, asked: () => asked, end: () => abort.abort() };
}

describe('the mailbox of a session', () => {
  it('asks a relay for servers when the two meet, and before their credentials run out', async () => {
    const { flip, pass, asked, updates } = await atRelay(600);
    flip(true);
    await settled();
    expect([asked(), updates]).toEqual([1, ['stun:203.0.113.1:1']]);
    await pass(359_000);
    expect(asked()).toBe(1);
    await pass(2_000);
    expect([asked(), updates.length]).toEqual([2, 2]);
  });

  it('asks no more than every 30 s, however often the relay says that the peer came', async () => {
    const { flip, pass, asked, updates } = await atRelay(0);
    for (let ms = 0; ms < 100_000; ms += 50) {
      flip(ms % 100 === 0, String(ms).padStart(32, '0'));
      await pass(50);
    }
    expect(asked()).toBeGreaterThanOrEqual(2);
    expect(asked()).toBeLessThanOrEqual(4);
    expect(updates.length).toBeLessThanOrEqual(4);
  });

  it('agrees on keys ten times at once, then every two seconds, and at last where the peer has stayed', async () => {
    const { flip, pass, nonces } = await atRelay();
    for (let n = 0; n < 200; n++) {
      flip(false);
      flip(true);
      await settled();
    }
    expect(nonces).toHaveLength(10);
    await pass(2_100);
    expect(nonces).toHaveLength(11);
    await pass(60_000);
    expect(nonces).toHaveLength(11);
    for (let n = 0; n < 200; n++) {
      flip(n % 2 === 0);
      await settled();
    }
    const before = nonces.length;
    await pass(60_000);
    expect(nonces).toHaveLength(before);
  });
});
