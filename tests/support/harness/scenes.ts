import type { CoreSnapshot, SessionView } from '../../../src/renderer/core/types';
import type { NearbyProblem } from '../../../src/shared/contract/nearby';
import type { Renamed } from '../../../src/shared/contract/transfers';
import type { FilesPurpose } from '../../../src/shared/protocol/purpose';
import type { TrackMute } from '../../../src/shared/protocol/tracks';
import { snapshotOf } from '../snapshotOf';
import { inviteScenes } from './inviteScenes';
import { paintedStream } from './paintedStream';
import {
  appState,
  deviceId,
  session,
  someDevices,
  someTransfers,
  someTrusted,
  transfer,
  verifying,
} from './samples';
import { soundScenes } from './soundScenes';
import { recordingScenes } from './recordingScenes';
import { someTexts, transferScenes } from './transferScenes';
import { voiceScenes } from './voiceScenes';

/** A state to look at: what the core holds, and what is clicked to get there. */
export interface Scene {
  snapshot: () => CoreSnapshot;
  /** The session to open at once. */
  open?: string;
  /** What the disk that offers would go to can’t name as it was sent. */
  renamed?: Renamed;
}

const nearby = (change: Partial<ReturnType<typeof appState>['nearby']>) => ({
  ...appState().nearby,
  ...change,
});
const alone = (problem?: NearbyProblem) =>
  snapshotOf(appState({ nearby: nearby({ problems: problem ? [problem] : [], isOn: problem !== 'off' }) }));
const crowd = () => appState({ nearby: nearby({ devices: someDevices }), trusted: someTrusted });
const inSession = (change: Parameters<typeof session>[2] = {}) => {
  const one = session(2, 'Mina’s MacBook Air', change);
  return { snapshot: () => snapshotOf(crowd(), [one]), open: one.sessionId } satisfies Scene;
};
const permissions = { connect: 'ask', sendFiles: 'ask', viewScreen: 'ask' } as const;
const comparing = (change: Parameters<typeof verifying>[2] = {}, name = '민지의 데스크톱') => {
  const one = verifying(7, name, change);
  return { snapshot: () => snapshotOf(crowd(), [one]), open: one.sessionId } satisfies Scene;
};
const asking = (one: SessionView): SessionView => ({
  ...one,
  state: { phase: 'asked' },
  direction: 'incoming',
});
/** What a tab sends that was set aside. */
const heldSends = [
  { peerName: 'Mina', fileCount: 3 },
  { peerName: 'Konferenzraum 3. OG – großer Bildschirm', fileCount: 1204 },
];
const share = (label: string, mute: TrackMute = 'none') => ({ stream: paintedStream(), label, mute });

/** As long as names may be, of wide and of narrow letters, and one that breaks nowhere. */
const longNames = [
  '민지의 거실에 있는 아주 오래된 데스크톱 컴퓨터와 새로 산 모니터 두 대와 키보드',
  'WWWWWWWWWWMMMMMMMMMMWWWWWWWWWWMMMMMMMMMM',
  'conference-room-on-the-third-floor-left',
  'Studio PC of Mina 20',
].map((name) => name.slice(0, 40));

const fileNames = [
  'report.pdf',
  'presentation – final (2) 🎉 with a very long name indeed, longer than any line.pptx',
  '회의록 11월.hwp',
  'a.txt',
  'b.txt',
];

/** A request to send files. */
const asksToSend = (purpose: Partial<FilesPurpose>, name = 'Studio PC'): Scene => ({
  snapshot: () => {
    const files = { fileCount: 1, totalBytes: 2_400_000, names: ['report.pdf'], ...purpose };
    const one = { ...asking(verifying(5, name)), scope: 'files', purpose: files } as const;
    return snapshotOf(crowd(), [one]);
  },
});

const renamed: Renamed = {
  count: 3,
  examples: [
    { from: '사진 모음/12:30.png', to: '사진 모음/12_30.png' },
    { from: '사진 모음/makefile', to: '사진 모음/makefile (1)' },
    { from: '사진 모음/aux', to: '사진 모음/aux_' },
  ],
};

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
  'view-home': () => ({
    snapshot: () => snapshotOf(appState({ nearby: nearby({ devices: someDevices.slice(1, 3) }) })),
  }),
  'home-long-names': () => ({
    snapshot: () => {
      const app = crowd();
      const devices = longNames.map((name, n) => ({
        ...{ device: { ...someDevices[0]!.device, deviceId: deviceId(20 + n), name } },
        ...{ address: '192.168.0.50', isCompatible: n !== 2 },
      }));
      const named = { ...app, settings: { ...app.settings, name: longNames[0] ?? '' } };
      return snapshotOf({ ...named, nearby: nearby({ devices }) }, [session(5, longNames[1] ?? '')]);
    },
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
        asking(verifying(5, 'Mina’s other laptop')),
        asking(verifying(6, 'build-server')),
      ]),
  }),
  'request-long-name': () => ({
    snapshot: () => snapshotOf(crowd(), [asking(verifying(5, longNames[1] ?? ''))]),
  }),
  'request-file': () => asksToSend({}),
  'request-file-long-names': () => asksToSend({ names: [`${'x'.repeat(120)}.pptx`] }, longNames[1]),
  'request-files': () => asksToSend({ fileCount: 12, names: fileNames }),
  'request-folder': () => asksToSend({ fileCount: 240, names: ['사진 모음/'] }),
  'request-file-home': () => ({
    snapshot: () => {
      const one = { ...asking(verifying(5, 'Studio PC')), scope: 'files' } as const;
      return snapshotOf(crowd(), [one]);
    },
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
  'offer-other-disk': () => ({
    snapshot: () =>
      snapshotOf(
        {
          ...crowd(),
          transfers: [
            transfer(1, {
              phase: 'incoming',
              ...{ rootNames: ['사진 모음'], fileCount: 2400, folderCount: 12, renamed },
              leftOut: [{ reason: 'name', count: 1, names: ['../evil.exe'] }],
            }),
          ],
        },
        [session(2, 'Mina’s MacBook Air')],
      ),
    renamed,
  }),
  'session-dialing': () =>
    inSession({ state: { phase: 'dialing' }, peer: null, title: '192.168.0.99:47117' }),
  'session-asking': () => inSession({ state: { phase: 'asking' } }),
  verify: () => comparing(),
  'verify-waiting': () => comparing({ isVerified: true }),
  'verify-comparing': () => comparing({ isVerified: true, trust: { state: 'trusted', permissions } }),
  'verify-long-name': () => comparing({}, longNames[1]),
  'key-changed-long-name': () =>
    comparing({ trust: { state: 'name-taken', trustedName: longNames[1] ?? '' } }, longNames[1]),
  'key-changed': () =>
    comparing({ trust: { state: 'name-taken', trustedName: 'Mina’s MacBook Air' } }, 'Mina’s MacBook Air'),
  'key-changed-address': () => comparing({ trust: { state: 'address-taken', trustedName: '거실 데스크톱' } }),
  'codes-differed': () => inSession({ state: { phase: 'ended', reason: 'code-mismatch', by: 'me' } }),
  'request-impostor': () => {
    const trust = { state: 'name-taken', trustedName: 'Mina’s MacBook Air' } as const;
    return { snapshot: () => snapshotOf(crowd(), [asking(verifying(7, trust.trustedName, { trust }))]) };
  },
  'request-trusted': () => {
    const known = { trust: { state: 'trusted', permissions }, isVerified: true } as const;
    return { snapshot: () => snapshotOf(crowd(), [asking(verifying(2, 'Mina’s MacBook Air', known))]) };
  },
  quiet: () => ({
    snapshot: () => snapshotOf({ ...crowd(), settings: { ...crowd().settings, requests: 'trusted' } }),
  }),
  'view-request': () => inSession({ isViewRequested: true }),
  'session-empty': () => inSession(),
  'session-reconnecting': () =>
    inSession({ state: { phase: 'reconnecting' }, remoteShare: share('Screen 1') }),
  'session-without-link': () => inSession({ hasLink: false, path: null }),
  'session-ended': () => inSession({ state: { phase: 'ended', reason: 'unreachable', by: 'none' } }),
  'session-watching': () => inSession({ remoteShare: share('Screen 1') }),
  'session-sharing': () => inSession({ localShare: share('DELL U2720Q') }),
  'session-sharing-two': () => {
    const localShare = share('DELL U2720Q');
    const one = session(2, 'Mina’s MacBook Air', { localShare });
    return {
      snapshot: () => snapshotOf(crowd(), [one, session(1, '거실 데스크톱', { localShare })]),
      open: one.sessionId,
    };
  },
  'session-sharing-elsewhere': () => {
    const one = session(2, 'Mina’s MacBook Air');
    const other = session(1, '거실 데스크톱', { localShare: share('DELL U2720Q') });
    return { snapshot: () => snapshotOf(crowd(), [one, other]), open: one.sessionId };
  },
  'session-paused': () =>
    inSession({ localShare: share('DELL U2720Q', 'paused'), remoteShare: share('Screen 1', 'paused') }),
  'session-hidden': () =>
    inSession({ localShare: share('보고서.hwp – 한글', 'hidden'), remoteShare: share('', 'hidden') }),
  'session-long-names': () => {
    const app = crowd();
    const [own = '', other = '', ...others] = longNames;
    const texts = [...someTexts, { ...someTexts[0]!, textId: 'f'.repeat(32), text: 'w'.repeat(300) }];
    const change = { localShare: share(own), remoteShare: share('Screen 1'), texts };
    const sessions = [session(1, other, change), ...others.map((name, n) => session(2 + n, name, change))];
    const transfers = [
      transfer(1, { sessionId: sessions[0]!.sessionId, rootNames: ['y'.repeat(200)], peerName: other }),
    ];
    return {
      snapshot: () => snapshotOf({ ...app, transfers, settings: { ...app.settings, name: own } }, sessions),
      open: sessions[0]!.sessionId,
    };
  },
  unwatched: () => ({
    snapshot: () => ({
      ...snapshotOf(crowd()),
      captures: [{ ...share('DELL U2720Q'), source: 'screen', region: null, watchers: [] }],
    }),
  }),
  'session-both': () => inSession({ localShare: share(''), remoteShare: share('Screen 1') }),
  ...voiceScenes,
  ...soundScenes,
  ...recordingScenes,
  ...transferScenes,
  ...inviteScenes,
  lost: () => ({ snapshot: () => ({ ...snapshotOf(crowd()), connection: 'lost' }) }),
  superseded: () => ({ snapshot: () => ({ ...snapshotOf(crowd()), connection: 'superseded' }) }),
  'superseded-waiting': () => ({
    snapshot: () => ({
      ...snapshotOf(crowd()),
      connection: 'superseded',
      aside: { waiting: heldSends, other: { sends: [], isSharing: false } },
    }),
  }),
  occupied: () => ({
    snapshot: () => ({
      ...snapshotOf(crowd()),
      app: null,
      connection: 'occupied',
      aside: { waiting: [], other: { sends: heldSends, isSharing: true } },
    }),
  }),
};
