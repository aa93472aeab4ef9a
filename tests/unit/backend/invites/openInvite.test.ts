import { setImmediate as settled } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { OpenInvite } from '../../../../src/backend/invites/OpenInvite';
import type { DoorGrant } from '../../../../src/backend/sessions/relay/RelayWay';
import type { Session } from '../../../../src/backend/sessions/Session';
import type { SessionEvents } from '../../../../src/backend/sessions/sessionParts';
import type { InviteEnd } from '../../../../src/shared/contract/invites';
import { Emitter } from '../../../../src/shared/Emitter';
import { inviteAuth } from '../../../../src/shared/identity/invite';
import { random } from '../../../support/lan/identities';
import { ManualClock } from '../../../support/ManualClock';
import { ScriptedRelay } from '../../../support/relay/ScriptedRelay';
import { linkInvite } from '../../../support/sampleInvites';

const mailbox = 'cd'.repeat(32);
const HOUR_MS = 3_600_000;
/** As PROTOCOL.md §6 says. */
const [MAX_SESSIONS_OF_INVITE, MAX_GUESTS] = [16, 256];
let relay: ScriptedRelay;
let ends: InviteEnd[];

/** A clock whose time of day a test may set. */
class SettableClock extends ManualClock {
  offsetMs = 0;

  override now(): number {
    return super.now() + this.offsetMs;
  }
}
let clock: SettableClock;

/** An invite for several with somebody at its door, and what a handshake there would be given. */
async function open(): Promise<{ invite: OpenInvite; grant: DoorGrant }> {
  const grants: DoorGrant[] = [];
  const createdMs = clock.now();
  const invite = new OpenInvite({
    ...{ clock, random, openSocket: relay.openSocket, opening: { type: 'join', mailbox } },
    invite: linkInvite(1, { isSingleUse: false, createdMs, expiresMs: createdMs + HOUR_MS }),
    auth: () => inviteAuth(new Uint8Array(16)),
    answer: (_carrier, _auth, grant) => {
      grants.push(grant);
      return Promise.resolve('gone');
    },
    onChange: () => undefined,
    onEnded: (end) => ends.push(end),
  });
  await settled();
  relay.join(mailbox, true);
  relay.pass(1);
  clock.advance(3_000);
  await settled();
  return { invite, grant: grants[0]! };
}

/** A session that has begun by the invite. @returns what ends it */
function begin(grant: DoorGrant): () => void {
  const events = new Emitter<SessionEvents>();
  grant.used({ peer: { name: 'Guest' }, events } as unknown as Session);
  return () => events.emit('ended', { reason: 'left', by: 'none' });
}

beforeEach(() => {
  [clock, relay, ends] = [new SettableClock(), new ScriptedRelay(), []];
});

describe('an invite for several', () => {
  it('has only so many sessions at a time', async () => {
    const { grant } = await open();
    const leave = Array.from({ length: MAX_SESSIONS_OF_INVITE }, () => begin(grant));
    expect(grant.refusal()).toBe('busy');
    leave[0]?.();
    expect(grant.refusal()).toBeNull();
  });

  it('is used up once so many have come that no list of them is without end', async () => {
    const { invite, grant } = await open();
    for (let guest = 1; guest < MAX_GUESTS; guest++) begin(grant)();
    expect(ends).toEqual([]);
    begin(grant)();
    expect([ends, invite.view.guests.length, grant.refusal()]).toEqual([['used'], MAX_GUESTS, 'not-taking']);
  });

  it('has a handshake a second, and a few at once', async () => {
    const { grant } = await open();
    const tried = Array.from({ length: 20 }, () => grant.mayBegin());
    expect(tried.filter(Boolean)).toHaveLength(8);
    clock.advance(1_000);
    expect([grant.mayBegin(), grant.mayBegin()]).toEqual([true, false]);
  });
});

describe('an invite whose mailbox others have taken', () => {
  it.each(['crowded', 'too-many-attempts'] as const)('waits for its place (%s)', async (reason) => {
    const { invite } = await open();
    const before = relay.sockets;
    relay.closeWith(reason);
    expect([ends, invite.view.trouble?.code]).toEqual([[], 'mailbox-crowded']);
    clock.advance(1_000);
    await settled();
    expect(relay.sockets).toBeGreaterThan(before);
    relay.join(mailbox, false);
    expect(invite.view.trouble).toBeNull();
  });

  it('says so where somebody is at the door and does not come in', async () => {
    const { invite } = await open();
    clock.advance(15_000);
    expect(invite.view.trouble?.code).toBe('mailbox-crowded');
    relay.peer(false);
    expect(invite.view.trouble).toBeNull();
  });
});

describe('the time of an invite', () => {
  it('is over when it was to be, however the clock is set back', async () => {
    const { grant } = await open();
    clock.offsetMs = -24 * HOUR_MS;
    clock.advance(HOUR_MS - 4_000);
    expect([ends, grant.refusal()]).toEqual([[], null]);
    clock.advance(1_000);
    expect([ends, grant.refusal()]).toEqual([['expired'], 'not-taking']);
  });

  it('is looked at when somebody comes, as a timer is late after a sleep', async () => {
    const { grant } = await open();
    clock.offsetMs = HOUR_MS;
    expect([ends, grant.refusal()]).toEqual([[], 'not-taking']);
  });
});
