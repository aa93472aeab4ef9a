import { z } from 'zod';
import { DeviceInfo } from '../device';
import { ErrorFacts } from '../errors';
import { Hex32, IdentityKey } from '../identity/identity';
import { Settings, SettingsPatch } from '../settings/settings';
import { none } from './common';
import { NearbyState } from './nearby';
import { SessionInfo } from './sessions';
import { Capabilities } from './shell';
import { DeviceTexts } from './texts';
import { TransferView } from './transfers';
import { TrustedDevice } from './trust';

/** Something that the person should know and that belongs to no request. */
export const Notice = z.object({
  noticeId: z.string(),
  code: z.enum(['settings-corrupt', 'port-taken', 'downloads-missing', 'identity-lost', 'trusted-corrupt']),
  facts: ErrorFacts,
});
export type Notice = z.infer<typeof Notice>;

/** Everything a page needs to draw itself. */
export const AppState = z.object({
  device: DeviceInfo,
  /** This device's identity key. */
  identityKey: IdentityKey,
  trusted: z.array(TrustedDevice),
  capabilities: Capabilities,
  settings: Settings,
  nearby: NearbyState,
  sessions: z.array(SessionInfo),
  transfers: z.array(TransferView),
  texts: z.array(DeviceTexts),
  notices: z.array(Notice),
});
export type AppState = z.infer<typeof AppState>;

export const appRequests = {
  /** Everything a page needs to draw itself; also makes this page the one that events go to. */
  'app:attach': {
    args: z.object({
      /** SHA-256 of the DTLS certificate that this page uses for every link. */
      fingerprint: Hex32,
    }),
    result: AppState,
  },
  'app:dismissNotice': { args: z.object({ noticeId: z.string().max(64) }), result: none },
  'settings:update': { args: SettingsPatch, result: Settings },
} as const;

export const appEvents = {
  /** Another page attached; this one gets no further events. */
  'app:superseded': none,
  'app:notices': z.object({ notices: z.array(Notice) }),
  'settings:changed': Settings,
} as const;
