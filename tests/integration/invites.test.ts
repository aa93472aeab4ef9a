import { describe, expect, it, vi } from 'vitest';
import { SessionRights } from '../../src/backend/sessions/SessionRights';
import { formatInviteLink } from '../../src/shared/identity/invite';
import { ALL_RIGHTS } from '../../src/shared/protocol/rights';
import { VIEW_REQUESTS_FEATURE } from '../../src/shared/protocol/viewRequests';
import { afterwards } from '../support/lan/opened';
import { newId } from '../support/lan/SessionEnd';
import { relayedDevice, textOf, untilConnected, type RelayedDevice } from '../support/relay/RelayedDevice';
import { startRelay } from '../support/relay/startRelay';

/** Two devices on networks of their own, and a relay that only the first has in its settings. */
async function inviterAndGuest(): Promise<{ anna: RelayedDevice; ben: RelayedDevice; http: string }> {
  const { http } = await startRelay();
  return { anna: await relayedDevice('Anna', http), ben: await relayedDevice('Ben', null), http };
}

/** The code that a try fails with. */
async function failureOf(trying: Promise<unknown>): Promise<string> {
  return trying.then(
    () => 'none',
    (error: unknown) => (error as { code: string }).code,
  );
}

describe('an invite by link', () => {
  it('brings a guest without a relay of its own into a session, without a code to compare', async () => {
    const { anna, ben } = await inviterAndGuest();
    const invite = await anna.link();
    const { sessionId } = await ben.come(textOf(invite));
    await untilConnected(sessionId, anna, ben);
    for (const device of [anna, ben])
      expect(device.view(sessionId)).toMatchObject({
        proof: 'invite',
        route: { kind: 'relay', address: null },
      });
    await ben.page.request('texts:send', { sessionId, text: '안녕하세요' });
    await vi.waitUntil(() => JSON.stringify(anna.page.all('texts:changed')).includes('안녕하세요'));
    await anna.page.request('texts:send', { sessionId, text: 'hello' });
    await vi.waitUntil(() => JSON.stringify(ben.page.all('texts:changed')).includes('hello'));
  });

  it('is used up by the first who comes, unless it is for several', async () => {
    const { anna, ben, http } = await inviterAndGuest();
    const carol = await relayedDevice('Carol', http);
    const once = textOf(await anna.link());
    const { sessionId } = await ben.come(once);
    await untilConnected(sessionId, anna, ben);
    expect(anna.page.all('invites:ended')).toMatchObject([{ end: 'used', invite: { guests: ['Ben'] } }]);
    expect(await failureOf(carol.come(once))).toMatch(/^(mailbox-crowded|inviter-away)$/);

    const several = await carol.link({ isSingleUse: false });
    for (const guest of [anna, ben]) {
      await vi.waitUntil(
        async () =>
          (await failureOf(
            guest.come(textOf(several)).then((session) => untilConnected(session.sessionId, guest, carol)),
          )) === 'none',
        { timeout: 10_000 },
      );
    }
    expect(carol.page.all('invites:changed').at(-1)?.invites).toMatchObject([{ guests: ['Anna', 'Ben'] }]);
  });

  it('says in words of its own what is wrong with it', async () => {
    const { anna, ben, http } = await inviterAndGuest();
    const invite = await anna.link();
    const secret = new Uint8Array(16);
    const old = formatInviteLink({
      relayUrl: http,
      secret,
      inviter: secret,
      expiresMs: Date.now() - 120_000,
    });
    expect(await failureOf(ben.come(old))).toBe('invite-expired');
    const nowhere = formatInviteLink({
      relayUrl: 'http://127.0.0.1:9',
      secret,
      inviter: secret,
      expiresMs: Date.now() + 120_000,
    });
    expect(await failureOf(ben.come(nowhere))).toBe('relay-unreachable');
    expect(await failureOf(ben.come(textOf(invite).slice(0, -1)))).toBe('bad-invite');
    expect(await failureOf(ben.come('https://example.org/'))).toBe('bad-invite');
    await anna.page.request('invites:revoke', { inviteId: invite.inviteId });
    expect(await failureOf(ben.come(textOf(invite)))).toBe('inviter-away');
    await ben.page.request('settings:update', { relayUrl: null });
    expect(await failureOf(ben.link())).toBe('no-relay');
  }, 20_000);

  it('gives no more than it says, whatever the guest’s own device thinks', async () => {
    const { anna, ben } = await inviterAndGuest();
    const rights = { ...ALL_RIGHTS, write: false };
    const { sessionId } = await ben.come(textOf(await anna.link({ rights })));
    await untilConnected(sessionId, anna, ben);
    expect(ben.view(sessionId)?.ownRights).toEqual(rights);
    expect(await failureOf(ben.page.request('texts:send', { sessionId, text: 'hello' }))).toBe('not-allowed');
    // A guest's device that takes no notice gets no further.
    vi.spyOn(SessionRights.prototype, 'allowsOwn').mockReturnValue(true);
    afterwards(() => vi.restoreAllMocks());
    await ben.page.request('texts:send', { sessionId, text: 'hello' });
    const message = { sessionId, feature: VIEW_REQUESTS_FEATURE, body: { type: 'view-request' } };
    await ben.page.request('sessions:send', message);
    await vi.waitUntil(() => anna.page.all('sessions:message').length > 0);
    expect(JSON.stringify(anna.page.all('texts:changed'))).not.toContain('hello');
  });
});

describe('a spoken code', () => {
  const code = async (device: RelayedDevice, language: 'en' | 'ko' = 'en') =>
    device.page.request('invites:createCode', { rights: ALL_RIGHTS, language });

  it('brings two together who say it, in either language', async () => {
    const { http } = await startRelay();
    const [anna, ben] = [await relayedDevice('Anna', http), await relayedDevice('Ben', http)];
    for (const language of ['en', 'ko'] as const) {
      const said = textOf(await code(anna, language));
      expect(said).toMatch(/^[1-9]\d*-\p{L}+-\p{L}+$/u);
      const { sessionId } = await ben.come(said.replaceAll('-', ' ').toUpperCase());
      await untilConnected(sessionId, anna, ben);
      expect(anna.view(sessionId)?.proof).toBe('spoken-code');
      await ben.page.request('sessions:end', { sessionId, reason: 'left' });
      await vi.waitUntil(() => anna.page.all('sessions:ended').some((end) => end.sessionId === sessionId));
    }
  });

  it('allows two slips, and is used up after the third', async () => {
    const { http } = await startRelay();
    const [anna, ben] = [await relayedDevice('Anna', http), await relayedDevice('Ben', http)];
    const first = textOf(await code(anna));
    const wrong = `${first.split('-')[0]}-wrong-words`;
    for (let slip = 0; slip < 2; slip++) expect(await failureOf(ben.come(wrong))).toBe('wrong-code');
    const { sessionId } = await ben.come(first);
    await untilConnected(sessionId, anna, ben);
    await ben.page.request('sessions:end', { sessionId, reason: 'left' });

    const second = textOf(await code(anna));
    const wrongAgain = `${second.split('-')[0]}-wrong-words`;
    for (const expected of ['wrong-code', 'wrong-code', 'code-burned'])
      expect(await failureOf(ben.come(wrongAgain))).toBe(expected);
    await vi.waitUntil(() => anna.page.all('invites:ended').at(-1)?.end === 'burned');
    expect(await failureOf(ben.come(second))).toBe('code-gone');
  });

  it('needs a relay, and a number that it knows', async () => {
    const { http } = await startRelay();
    const [anna, ben] = [await relayedDevice('Anna', http), await relayedDevice('Ben', null)];
    expect(await failureOf(ben.come('7-ripe-lantern'))).toBe('no-relay');
    expect(await failureOf(anna.come('7-ripe-lantern'))).toBe('code-gone');
    const args = { sessionId: newId(), target: { kind: 'invite', invite: 'hello there' } } as const;
    expect(await failureOf(anna.page.request('sessions:connect', args))).toBe('bad-invite');
  });
});
