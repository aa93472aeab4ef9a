import { setImmediate as settled } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { relayRoute } from '../../../../src/backend/sessions/carriers/Carrier';
import type { Caller } from '../../../../src/backend/sessions/incoming/answerStranger';
import { answerAtDoor, type DoorResult } from '../../../../src/backend/sessions/relay/answerAtDoor';
import { Conversation, readDoorMessage } from '../../../../src/backend/sessions/relay/Conversation';
import type { DoorGrant } from '../../../../src/backend/sessions/relay/RelayWay';
import { OwnIdentity } from '../../../../src/backend/trust/OwnIdentity';
import { DialerHandshake } from '../../../../src/shared/identity/DialerHandshake';
import { ALL_RIGHTS } from '../../../../src/shared/protocol/rights';
import { FakeLog } from '../../../support/FakeLog';
import { newIdentity, random, SOME_FINGERPRINT } from '../../../support/lan/identities';
import { ManualClock } from '../../../support/ManualClock';

const auth = { mode: 'secret', secret: new Uint8Array(32).fill(7) } as const;
const grant: DoorGrant = {
  relayUrl: 'https://relay.example',
  proof: 'invite',
  rights: ALL_RIGHTS,
  peerKey: null,
  isInvited: true,
  mayBegin: () => true,
  refusal: () => null,
  used: () => undefined,
};

/** Somebody at a door, of whom this side hears what the test delivers. */
function atDoor(pageKnown: () => Promise<void> = () => Promise.resolve(), change: Partial<DoorGrant> = {}) {
  const clock = new ManualClock();
  const said: Uint8Array[] = [];
  const callers: Caller[] = [];
  let result: DoorResult | null = null;
  const conversation = new Conversation({
    ...{ conversation: 7, isAnswer: true, route: relayRoute([]), onClosed: () => undefined },
    send: (payload) => said.push(readDoorMessage(payload)?.body ?? new Uint8Array()),
  });
  const device = () => ({ name: 'Anna', platform: 'linux', appVersion: '0.1.0' }) as const;
  void answerAtDoor(
    conversation,
    auth,
    { ...grant, ...change },
    {
      ...{ own: new OwnIdentity(newIdentity(), device, random), log: new FakeLog(), clock, pageKnown },
      timeoutMs: 10_000,
      mayBegin: () => true,
      answer: (caller) => callers.push(caller),
    },
  ).then((came) => (result = came));
  const handshake = new DialerHandshake(
    { identity: newIdentity(), auth, random },
    { ...device(), capabilities: [], fingerprint: SOME_FINGERPRINT, sessionId: 'ab'.repeat(16) },
  );
  const deliver = async (kind: 'text' | 'bytes', body: Uint8Array): Promise<void> => {
    conversation.handle({ kind, isAnswer: false, conversation: 7, body });
    await settled();
  };
  return {
    ...{ clock, callers, conversation },
    result: () => result,
    hello: () => deliver('text', new TextEncoder().encode(handshake.hello)),
    identify: () =>
      deliver('bytes', handshake.handleWelcome(new TextDecoder().decode(said[0])) as Uint8Array),
  };
}

it('brings somebody to the sessions who is through in time', async () => {
  const guest = atDoor();
  await guest.hello();
  guest.clock.advance(9_000);
  await guest.identify();
  expect([guest.callers.length, guest.result(), guest.clock.pending]).toEqual([1, 'answered', 0]);
});

it.each([['says nothing'], ['says hello and no more']])('sends somebody away who %s', async (what) => {
  const guest = atDoor();
  if (what !== 'says nothing') await guest.hello();
  guest.clock.advance(10_000);
  await settled();
  expect([guest.conversation.isOpen, guest.result(), guest.callers]).toEqual([false, 'gone', []]);
});

it('has no session with somebody who is gone by the time it is known whether there is a page', async () => {
  let goOn = (): void => undefined;
  let asked = 0;
  const guest = atDoor(() =>
    asked++ === 0 ? Promise.resolve() : new Promise<void>((resolve) => (goOn = resolve)),
  );
  await guest.hello();
  await guest.identify();
  guest.conversation.lost();
  goOn();
  await settled();
  expect([guest.result(), guest.callers]).toEqual(['gone', []]);
});

it('does no work for a door that has used up its share', async () => {
  const guest = atDoor(undefined, { mayBegin: () => false });
  await guest.hello();
  expect([guest.conversation.isOpen, guest.result()]).toEqual([false, 'gone']);
});
