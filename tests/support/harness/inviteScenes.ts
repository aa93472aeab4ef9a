import { snapshotOf } from '../snapshotOf';
import { codeInvite, linkInvite } from '../sampleInvites';
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
const no: PeerRights = { share: false, sendFiles: false, write: false, askToView: false };

/** Home of somebody who invites, and of somebody who is invited; and the sessions that follow. */
export const inviteScenes: Record<string, () => Scene> = {
  'invite-ready': () => withRelay(),
  'invite-without-relay': () => ({ snapshot: () => snapshotOf(appState()) }),
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
