/** What somebody can do at the door of an invite who has its link and does not keep to the order of things. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import type { HitherError } from '../../src/shared/errors';
import { type InviteLink, parseInvite } from '../../src/shared/identity/invite';
import { HubPage } from '../support/lan/HubPage';
import { GuestAtDoor } from '../support/relay/GuestAtDoor';
import { guessAtDoor, waitAtDoor } from '../support/relay/impostorAtDoor';
import { LyingRelay } from '../support/relay/LyingRelay';
import { relayedDevice, textOf, type RelayedDevice } from '../support/relay/RelayedDevice';
import { newId } from '../support/lan/SessionEnd';
import { startRelay } from '../support/relay/startRelay';

async function inviter(): Promise<{ anna: RelayedDevice; http: string }> {
  const { http } = await startRelay();
  return { anna: await relayedDevice('Anna', http), http };
}

it('lets in nobody whose handshake was on the way when the invite was withdrawn', async () => {
  const { anna } = await inviter();
  const invite = await anna.link();
  const guest = GuestAtDoor.of(invite);
  const handshake = await guest.begin();
  await handshake.welcomed();
  await anna.page.request('invites:revoke', { inviteId: invite.inviteId });
  // The place at the relay is given up as well.
  await vi.waitUntil(() => !handshake.isOpen && !guest.door.isMeeting);
  expect(await handshake.identify()).toBeNull();
  expect(anna.page.all('sessions:changed')).toEqual([]);
});

it('has one session with the two who hurry through an invite for one while the page is away', async () => {
  const { anna } = await inviter();
  const guest = GuestAtDoor.of(await anna.link());
  const first = await guest.begin('First');
  await first.welcomed();
  anna.page.close();
  const firstAnswer = first.identify();
  await sleep(100);
  const second = await guest.begin('Second');
  await sleep(200);
  const page = await HubPage.open(anna.backend);
  await second.welcomed();
  expect(await second.identify()).toMatchObject({ device: { name: 'Anna' } });
  expect(await firstAnswer).toBeNull();
  expect(page.all('invites:ended')).toMatchObject([{ end: 'used', invite: { guests: ['Second'] } }]);
  expect(new Set(page.all('sessions:changed').map(({ sessionId }) => sessionId)).size).toBe(1);
});

it('gives a relay that answers in the inviter’s place three guesses at a spoken code, however it ends them', async () => {
  const honest = await startRelay();
  const relay = await LyingRelay.before(honest.url);
  const ben = await relayedDevice('Ben', relay.http);
  // The number that is typed leads to where the relay wants.
  let nameplate = '';
  relay.lie = ({ isBinary, isToClient, bytes }) => {
    if (isBinary || isToClient) return [bytes];
    return [Buffer.from(bytes.toString().replace('"nameplate":"7"', `"nameplate":"${nameplate}"`))];
  };
  let tested = 0;
  const outcomes: string[] = [];
  for (const guess of ['wet-owl', 'ripe-melon', 'cold-river', 'ripe-lantern']) {
    nameplate = await guessAtDoor(guess, honest.http, () => tested++);
    const coming = ben.come('7-ripe-lantern').then(() => 'in');
    outcomes.push(await coming.catch((error: unknown) => (error as HitherError).code));
  }
  expect([outcomes, tested]).toEqual([
    ['connection-lost', 'connection-lost', 'code-burned', 'code-burned'],
    3,
  ]);
}, 20_000);

it('leads to the inviter alone, whoever else has the link and answers there', async () => {
  const { anna, http } = await inviter();
  const ben = await relayedDevice('Ben', null);
  const invite = await anna.link({ isSingleUse: false });
  const text = textOf(invite);
  // Anna is away, with her place given up.
  await anna.backend.close();
  await waitAtDoor((parseInvite(text) as InviteLink).secret, http);
  await expect(ben.come(text)).rejects.toMatchObject({ code: 'not-the-inviter' });
  expect(ben.page.all('sessions:changed')).toEqual([]);
});

it('leaves room for whoever calls on the network, however many guests come', async () => {
  const { anna } = await inviter();
  const ben = await relayedDevice('Ben', null);
  for (let crowd = 0; crowd < 3; crowd++) {
    const guest = GuestAtDoor.of(await anna.link({ isSingleUse: false }));
    for (let times = 0; times < 8; times++) expect(await guest.come()).toBe(true);
  }
  await expect(ben.come(textOf(await anna.link()))).rejects.toMatchObject({ code: 'busy' });
  const target = { kind: 'address', address: anna.address } as const;
  const { phase } = await ben.page.request('sessions:connect', { sessionId: newId(), target });
  expect(phase).toBe('asking');
}, 20_000);
