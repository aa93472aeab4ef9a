import { ScreenQuality } from '../../../src/shared/settings/screenQuality';
import { NO_TRACKS } from '../snapshotOf';
import { DEFAULT_VOICE } from '../../../src/shared/settings/voice';
import type { AppState } from '../../../src/shared/contract/app';
import type { NearbyDevice } from '../../../src/shared/contract/nearby';
import type { TransferView } from '../../../src/shared/contract/transfers';
import type { TrustedDevice } from '../../../src/shared/contract/trust';
import { ALL_RIGHTS } from '../../../src/shared/protocol/rights';
import type { SessionSecurity, SessionView } from '../../../src/renderer/core/types';

/** A made-up id that stays the same: 32 hex digits. */
export const id = (n: number) => n.toString(16).padStart(32, '0');

/** A made-up key: 64 hex digits, mixed well enough to give each device a picture of its own. */
function keyOf(n: number): string {
  let state = Math.imul(n + 1, 0x9e3779b1);
  const byte = () => {
    state = Math.imul(state ^ (state >>> 15), 0x85ebca6b) + 1;
    return (state >>> 20) & 255;
  };
  return Array.from({ length: 32 }, () => byte().toString(16).padStart(2, '0')).join('');
}

/** The id of device `n`. */
export const deviceId = (n: number) => keyOf(n).slice(0, 32);

const device = (
  n: number,
  name: string,
  platform: NearbyDevice['device']['platform'],
  version = '0.1.0',
) => ({
  deviceId: deviceId(n),
  name,
  platform,
  appVersion: version,
});

export const someDevices: NearbyDevice[] = [
  { device: device(1, '거실 데스크톱', 'windows'), address: '192.168.0.21', isCompatible: true },
  { device: device(2, 'Mina’s MacBook Air', 'macos'), address: '192.168.0.22', isCompatible: true },
  {
    device: device(3, 'build-server-with-a-really-long-name-01', 'linux'),
    address: '192.168.0.40',
    isCompatible: true,
  },
  { device: device(4, 'Old laptop 🐢', 'linux', '0.0.3'), address: '192.168.0.41', isCompatible: false },
];

/** An app that has been set up, on a network, with nobody else on it. */
export function appState(change: Partial<AppState> = {}): AppState {
  return {
    device: device(9, 'Mina’s desktop', 'linux'),
    identityKey: keyOf(9),
    trusted: [],
    capabilities: {
      runtime: 'headless',
      hasSourcePicker: true,
      canChooseFolder: false,
      canReveal: true,
      canNotify: false,
      canOpenLinks: false,
      canKeepRunning: false,
      canShareSound: false,
      canHideWindow: false,
      hasMuteKey: false,
    },
    settings: {
      name: 'Mina’s desktop',
      language: 'en',
      theme: 'light',
      downloadsDir: '/home/mina/Downloads',
      nearby: true,
      requests: 'everyone',
      autoAcceptLimitMb: 1000,
      autoAcceptDir: null,
      speedLimitMbs: null,
      notifications: true,
      keepRunning: false,
      relayUrl: null,
      embeddedRelay: false,
      embeddedRelayPort: 47_180,
      reachable: false,
      hideAddress: false,
      iceServers: [],
      screenQuality: ScreenQuality.parse({}),
      voice: DEFAULT_VOICE,
      screenSound: false,
      hideOwnWindow: true,
      muteKey: null,
    },
    nearby: {
      isOn: true,
      devices: [],
      ownAddresses: ['192.168.0.12:47117', '[fd12:3456:789a::12]:47117', '10.8.0.2:47117'],
      interfaces: [
        { name: 'eth0', address: '192.168.0.12' },
        { name: 'wlan0', address: '192.168.0.13' },
      ],
      problems: [],
    },
    invites: [],
    away: { reachable: [], trouble: null },
    embeddedRelay: { phase: 'off' },
    sessions: [],
    transfers: [],
    texts: [],
    recordings: { own: null, theirs: [], ended: null, askable: [] },
    notices: [],
    openedLink: null,
    ...change,
  };
}

export function session(n: number, title: string, change: Partial<SessionView> = {}): SessionView {
  return {
    sessionId: id(100 + n),
    peer: device(n, title, 'macos'),
    title,
    direction: 'outgoing',
    scope: 'all',
    purpose: null,
    rights: ALL_RIGHTS,
    ownRights: ALL_RIGHTS,
    state: { phase: 'connected' },
    hasLink: true,
    path: { kind: 'local', via: null },
    isLinkBlocked: false,
    isConnected: true,
    security: {
      peerKey: keyOf(n),
      code: { icons: [3, 14, 15, 59, 26], digits: '535897932' },
      proof: 'code',
      trust: { state: 'unknown' },
      isVerified: true,
      isPeerVerified: true,
    },
    ...NO_TRACKS,
    viewRequest: 'ready',
    isViewRequested: false,
    texts: [],
    waitsUntilMs: null,
    startedMs: 1000 * n,
    ...change,
  };
}

/** A session in which the code is to be compared, or where that stands. */
export function verifying(n: number, title: string, change: Partial<SessionSecurity> = {}): SessionView {
  const { security, ...others } = session(n, title, { state: { phase: 'verifying' } });
  if (!security) throw new Error('a session has a security');
  return { ...others, security: { ...security, isVerified: false, isPeerVerified: false, ...change } };
}

const standing = { connect: 'ask', sendFiles: 'ask', viewScreen: 'ask' } as const;

export function trustedDevice(n: number, name: string, change: Partial<TrustedDevice> = {}): TrustedDevice {
  return {
    deviceId: deviceId(n),
    identityKey: keyOf(n),
    name,
    platform: 'macos',
    permissions: standing,
    addedMs: Date.UTC(2026, 9, 2, 9),
    lastSeenMs: Date.UTC(2026, 10, 18 - n, 14, 5),
    ...change,
  };
}

export const someTrusted: TrustedDevice[] = [
  trustedDevice(2, 'Mina’s MacBook Air', { permissions: { ...standing, connect: 'allow' } }),
  trustedDevice(1, '거실 데스크톱', { platform: 'windows' }),
  trustedDevice(8, 'Build-server-with-a-really-long-name-01', { platform: 'linux' }),
];

export function transfer(n: number, change: Partial<TransferView> = {}): TransferView {
  return {
    transferId: id(200 + n),
    sessionId: id(102),
    peerName: 'Mina’s MacBook Air',
    peerId: deviceId(2),
    direction: 'receive',
    phase: 'active',
    rootNames: ['holiday video.mp4'],
    rootCount: 1,
    isFolder: false,
    fileCount: 1,
    folderCount: 0,
    totalBytes: 300e6,
    doneBytes: 12.3e6,
    doneFiles: 0,
    bytesPerSecond: 24e6,
    secondsLeft: 12,
    laneKinds: ['data-channel'],
    isFirst: false,
    endedBy: null,
    pausedBy: null,
    canRetry: false,
    leftOut: [],
    renamed: { count: 0, examples: [] },
    restartedFiles: [],
    failedCount: 0,
    failedFiles: [],
    lostBlocks: 0,
    failure: null,
    dir: '/home/mina/Downloads',
    canReveal: false,
    startedMs: 5000 + n,
    endedMs: null,
    ...change,
  };
}

/** One of each kind that a list may show. */
export const someTransfers: TransferView[] = [
  transfer(1),
  transfer(2, {
    direction: 'send',
    rootNames: ['사진 모음', 'notes.txt', 'a', 'b', 'c'],
    fileCount: 240,
    folderCount: 12,
    phase: 'offered',
  }),
  transfer(3, {
    direction: 'send',
    rootNames: ['presentation – final (2) 🎉 with a very long name indeed.pptx'],
    phase: 'waiting',
  }),
  transfer(4, {
    phase: 'done',
    doneBytes: 300e6,
    canReveal: true,
    rootNames: ['report.pdf'],
    totalBytes: 1.4e6,
  }),
  transfer(5, {
    phase: 'failed',
    rootNames: ['disk.img'],
    failure: {
      code: 'disk-full',
      facts: { name: '/home/mina/Downloads', neededBytes: 8.2e9, freeBytes: 1.1e9 },
    },
  }),
  transfer(6, { phase: 'cancelled', endedBy: 'peer', rootNames: ['old.zip'] }),
  transfer(7, { direction: 'send', phase: 'declined', rootNames: ['draft.docx'] }),
];
