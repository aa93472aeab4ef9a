import { setImmediate as settled } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Carrier } from '../../../../src/backend/sessions/carriers/Carrier';
import { CarrierInbox } from '../../../../src/backend/sessions/carriers/CarrierInbox';
import { Door } from '../../../../src/backend/sessions/relay/Door';
import { random } from '../../../support/lan/identities';
import { ManualClock } from '../../../support/ManualClock';
import { ScriptedRelay } from '../../../support/relay/ScriptedRelay';

const mailbox = 'cd'.repeat(32);
let clock: ManualClock;
let relay: ScriptedRelay;
let callers: Carrier[];
let door: Door;

/** A door at a relay that says which ICE servers there are only where a test has it do so. */
beforeEach(async () => {
  [clock, relay, callers] = [new ManualClock(), new ScriptedRelay(), []];
  door = new Door({
    ...{ relayUrl: 'https://relay.example', opening: { type: 'join', mailbox } },
    ...{ openSocket: relay.openSocket, clock, random },
    onCaller: (carrier) => callers.push(carrier),
    onClosed: () => undefined,
  });
  await settled();
  relay.join(mailbox, true);
});

describe('a relay that does not name its ICE servers', () => {
  it('is waited for a few seconds, and a conversation goes on without', async () => {
    relay.pass(1);
    await settled();
    expect([relay.asked.at(-1), callers]).toEqual(['ice', []]);
    clock.advance(3_000);
    await settled();
    expect(callers).toHaveLength(1);
  });

  it('keeps nobody from taking a dial back', async () => {
    const mind = new AbortController();
    const dialing = door.dial(mind.signal).catch((error: unknown) => error);
    await settled();
    const reason = new Error('changed');
    mind.abort(reason);
    expect(await dialing).toBe(reason);
    expect(relay.asked).not.toContain('data');
  });

  it('has somebody speak in vain who says more than a stranger may meanwhile', async () => {
    relay.pass(1);
    for (let kib = 0; kib <= 64; kib += 32) relay.pass(3, new Uint8Array(32 * 1024));
    clock.advance(3_000);
    await settled();
    expect(callers).toEqual([]);
    // The next one is heard, up to the limit.
    relay.pass(1);
    relay.pass(3, new Uint8Array(32 * 1024));
    clock.advance(3_000);
    await settled();
    expect(await callers[0]?.next()).toHaveLength(32 * 1024);
  });
});

it('an inbox has room again for what was read, and keeps nothing that is cleared', async () => {
  const inbox = new CarrierInbox(10);
  expect([inbox.deliver('12345678'), inbox.deliver('123')]).toEqual([true, false]);
  expect(await inbox.next()).toBe('12345678');
  expect(inbox.deliver('1234567890')).toBe(true);
  inbox.clear();
  expect(inbox.deliver('1234567890')).toBe(true);
});
