import { ScreenQuality } from '../../src/shared/settings/screenQuality';
import { DEFAULT_VOICE } from '../../src/shared/settings/voice';
import type { AppState } from '../../src/shared/contract/app';

/** What a backend tells its page at first, for tests of what lies between the two. */
export const appState: AppState = {
  device: { deviceId: 'a'.repeat(32), name: 'Desk', platform: 'linux', appVersion: '0.1.0' },
  identityKey: 'b'.repeat(64),
  trusted: [],
  capabilities: {
    runtime: 'electron',
    hasSourcePicker: true,
    canChooseFolder: true,
    canReveal: true,
    canNotify: true,
    canOpenLinks: true,
    canKeepRunning: true,
  },
  settings: {
    name: 'Desk',
    language: 'en',
    theme: 'dark',
    downloadsDir: '/d',
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
  },
  nearby: { isOn: true, devices: [], ownAddresses: [], interfaces: [], problems: [] },
  invites: [],
  away: [],
  embeddedRelay: { phase: 'off' },
  sessions: [],
  transfers: [],
  texts: [],
  notices: [],
  openedLink: null,
};
