import { snapshotOf } from '../snapshotOf';
import { codeInvite, linkInvite } from '../sampleInvites';
import type { OpenedLink } from '../../../src/shared/contract/app';
import { ALL_RIGHTS, type PeerRights } from '../../../src/shared/protocol/rights';
import type { SessionSecurity } from '../../../src/renderer/core/types';
import { appState, session, someDevices } from './samples';
import type { Scene } from './scenes';

const RELAY = 'https://relay.example.org';

/** A device that knows a relay, with these invites. */
const withRelay = (...invites: ReturnType<typeof linkInvite>[]): Scene => ({
  snapshot: () => {
    const app = appState({ invites });
    const nearby = { ...app.nearby, devices: someDevices.slice(1, 3) };
    return snapshotOf({ ...app, nearby, settings: { ...app.settings, relayUrl: RELAY } });
  },
});

/** A session that an invite led to, with the people who are in it. */
const met = (
  proof: SessionSecurity['proof'],
  change: Partial<Parameters<typeof session>[2]> = {},
): Scene & { open: string } => {
  const one = session(2, 'Anna', change);
  const security = one.security && { ...one.security, proof };
  return { snapshot: () => snapshotOf(appState(), [{ ...one, security }]), open: one.sessionId };
};
/** A link was opened, on Home or with a session open. */
const opened = (content: OpenedLink['content'], isInSession = false): Scene => {
  const one = session(2, 'Anna');
  const openedLink = { linkId: 'link-1', openedMs: 5000, content };
  return {
    snapshot: () => snapshotOf(appState({ openedLink }), isInSession ? [one] : []),
    ...(isInSession ? { open: one.sessionId } : {}),
  };
};
const invited = (): OpenedLink['content'] => {
  const { way, relayUrl } = linkInvite(1);
  return { kind: 'invite', invite: way.kind === 'link' ? way.appLink : '', relayUrl };
};
/** As long as the address of a relay may be. */
const LONG_RELAY = `https://${'relay-of-the-third-floor.'.repeat(9)}example.org/rooms`;
const no: PeerRights = { share: false, sendFiles: false, write: false, askToView: false };

/** Home of somebody who invites, and of somebody who is invited; and the sessions that follow. */
export const inviteScenes: Record<string, () => Scene> = {
  'invite-ready': () => withRelay(),
  'invite-without-relay': () => ({ snapshot: () => snapshotOf(appState()) }),
  'link-opened': () => opened(invited()),
  'link-opened-long': () => opened({ kind: 'invite', invite: 'hither:', relayUrl: LONG_RELAY }),
  'link-opened-plain': () =>
    opened({ kind: 'invite', invite: 'hither:', relayUrl: 'http://192.168.0.12:47180' }),
  'link-opened-bad': () => opened({ kind: 'problem', code: 'bad-invite' }),
  'link-opened-expired': () => opened({ kind: 'problem', code: 'invite-expired' }),
  'session-link-opened': () => opened(invited(), true),
  'session-guest': () => met('invite', { ownRights: { ...ALL_RIGHTS, share: false, askToView: false } }),
  'session-guest-watches': () => met('spoken-code', { ownRights: no }),
  'session-with-guest': () =>
    met('spoken-code', { direction: 'incoming', rights: { ...no, write: true, askToView: true } }),
  'invites-open': () =>
    withRelay(
      linkInvite(1, { isSingleUse: false, guests: ['Ben', '민지의 노트북'] }),
      linkInvite(2, { trouble: { code: 'relay-unreachable', facts: { relay: RELAY } } }),
      codeInvite(3),
    ),
};
