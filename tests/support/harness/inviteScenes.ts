import { snapshotOf } from '../fakeCore';
import { codeInvite, linkInvite } from '../sampleInvites';
import { appState, someDevices } from './samples';
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

/** Home of somebody who invites, and of somebody who is invited. */
export const inviteScenes: Record<string, () => Scene> = {
  'invite-ready': () => withRelay(),
  'invite-without-relay': () => ({ snapshot: () => snapshotOf(appState()) }),
  'invites-open': () =>
    withRelay(
      linkInvite(1, { isSingleUse: false, guests: ['Ben', '민지의 노트북'] }),
      linkInvite(2, { trouble: { code: 'relay-unreachable', facts: { relay: RELAY } } }),
      codeInvite(3),
    ),
};
