import type { CoreSnapshot } from '../../../src/renderer/core/types';
import type { NearbyProblem } from '../../../src/shared/contract/contract';
import { snapshotOf } from '../fakeCore';
import { paintedStream } from './paintedStream';
import { appState, session, someDevices, someTransfers, transfer } from './samples';

/** A state to look at: what the core holds, and what is clicked to get there. */
export interface Scene {
  snapshot: () => CoreSnapshot;
  /** The session to open at once. */
  open?: string;
}

const nearby = (change: Partial<ReturnType<typeof appState>['nearby']>) => ({
  ...appState().nearby,
  ...change,
});
const alone = (problem?: NearbyProblem) =>
  snapshotOf(appState({ nearby: nearby({ problems: problem ? [problem] : [], isOn: problem !== 'off' }) }));
const crowd = () => appState({ nearby: nearby({ devices: someDevices }) });
const inSession = (change: Parameters<typeof session>[2] = {}) => {
  const one = session(2, 'Mina’s MacBook Air', change);
  return { snapshot: () => snapshotOf(crowd(), [one]), open: one.sessionId } satisfies Scene;
};
const share = (label: string) => ({ stream: paintedStream(), label });

/** Every view and state that is worth a look, by name. */
export const scenes: Record<string, () => Scene> = {
  starting: () => ({
    snapshot: () => ({ ...alone(), app: null, settings: null, nearby: null, connection: 'starting' }),
  }),
  welcome: () => {
    const app = appState({ nearby: nearby({ isOn: false, problems: ['off'], ownAddresses: [] }) });
    return { snapshot: () => snapshotOf({ ...app, settings: { ...app.settings, nearby: null } }) };
  },
  'home-empty': () => ({ snapshot: () => alone() }),
  'home-off': () => ({ snapshot: () => alone('off') }),
  'home-no-network': () => ({ snapshot: () => alone('no-network') }),
  'home-no-multicast': () => ({ snapshot: () => alone('no-multicast') }),
  'home-port-taken': () => ({ snapshot: () => alone('port-taken') }),
  home: () => ({
    snapshot: () =>
      snapshotOf({ ...crowd(), transfers: someTransfers }, [
        session(1, '거실 데스크톱'),
        session(5, 'Unknown visitor', { state: { phase: 'ended', reason: 'lost', by: 'none' } }),
      ]),
  }),
  notices: () => ({
    snapshot: () =>
      snapshotOf({
        ...crowd(),
        notices: [
          {
            noticeId: 'n1',
            code: 'settings-corrupt',
            facts: { file: '/home/mina/.config/hither/settings.broken.json' },
          },
          { noticeId: 'n2', code: 'downloads-missing', facts: { dir: '/media/usb/Downloads' } },
        ],
      }),
  }),
  request: () => ({
    snapshot: () =>
      snapshotOf(crowd(), [
        session(2, 'Mina’s MacBook Air', { state: { phase: 'asked' }, direction: 'incoming' }),
        session(3, 'build-server', { state: { phase: 'asked' }, direction: 'incoming' }),
      ]),
  }),
  offer: () => ({
    snapshot: () =>
      snapshotOf(
        {
          ...crowd(),
          transfers: [
            transfer(1, { phase: 'incoming', rootNames: ['사진 모음'], fileCount: 2400, folderCount: 12 }),
          ],
        },
        [session(2, 'Mina’s MacBook Air')],
      ),
  }),
  'session-dialing': () =>
    inSession({ state: { phase: 'dialing' }, peer: null, title: '192.168.0.99:47117' }),
  'session-asking': () => inSession({ state: { phase: 'asking' } }),
  'session-empty': () => inSession(),
  'session-reconnecting': () =>
    inSession({ state: { phase: 'reconnecting', sinceMs: 0 }, remoteShare: share('Screen 1') }),
  'session-ended': () => inSession({ state: { phase: 'ended', reason: 'unreachable', by: 'none' } }),
  'session-watching': () => inSession({ remoteShare: share('Screen 1') }),
  'session-sharing': () => inSession({ localShare: share('DELL U2720Q') }),
  'session-both': () => inSession({ localShare: share(''), remoteShare: share('Screen 1') }),
  lost: () => ({ snapshot: () => ({ ...snapshotOf(crowd()), connection: 'lost' }) }),
  superseded: () => ({ snapshot: () => ({ ...snapshotOf(crowd()), connection: 'superseded' }) }),
};
