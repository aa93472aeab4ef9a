import { z } from 'zod';
import { DeviceInfo } from '../device';
import { ErrorFacts } from '../errors';
import { Hex32, IdentityKey } from '../identity/identity';
import { MAX_INVITE } from '../identity/invite';
import { RelayUrl } from '../protocol/relayUrl';
import { Settings, SettingsPatch } from '../settings/settings';
import { Away } from './away';
import { none } from './common';
import { EmbeddedRelayState } from './embeddedRelay';
import { Invite } from './invites';
import { NearbyState } from './nearby';
import { RecordingsState } from './recordings';
import { SessionInfo } from './sessions';
import { Capabilities } from './shell';
import { DeviceTexts } from './texts';
import { TransferView } from './transfers';
import { TrustedDevice } from './trust';

/** Devices that a page is told another one sends to, and the longest name of one, in characters. */
export const MAX_HELD_SENDS = 20;
const MAX_HELD_NAME = 300;

/** Something that the person should know and that belongs to no request. */
export const Notice = z.object({
  noticeId: z.string(),
  code: z.enum(['settings-corrupt', 'port-taken', 'downloads-missing', 'identity-lost', 'trusted-corrupt']),
  facts: ErrorFacts,
});
export type Notice = z.infer<typeof Notice>;

/** A link of Hither's own that was opened outside of it. What it leads to waits for the person's yes. */
export const OpenedLink = z.object({
  linkId: z.string().max(64),
  openedMs: z.number(),
  content: z.discriminatedUnion('kind', [
    /** An invite, as `sessions:dial` takes it, and the relay that it names. */
    z.object({ kind: z.literal('invite'), invite: z.string().max(MAX_INVITE), relayUrl: RelayUrl }),
    /** It leads nowhere, for this reason. */
    z.object({ kind: z.literal('problem'), code: z.enum(['bad-invite', 'invite-expired']) }),
  ]),
});
export type OpenedLink = z.infer<typeof OpenedLink>;

/** Everything a page needs to draw itself. */
export const AppState = z.object({
  device: DeviceInfo,
  /** This device's identity key. */
  identityKey: IdentityKey,
  trusted: z.array(TrustedDevice),
  capabilities: Capabilities,
  settings: Settings,
  nearby: NearbyState,
  invites: z.array(Invite),
  away: Away,
  embeddedRelay: EmbeddedRelayState,
  sessions: z.array(SessionInfo),
  transfers: z.array(TransferView),
  recordings: RecordingsState,
  texts: z.array(DeviceTexts),
  notices: z.array(Notice),
  openedLink: OpenedLink.nullable(),
});
export type AppState = z.infer<typeof AppState>;

/** Files that a page holds and that are on their way to one device, by how many they are. */
const HeldSend = z.object({ peerName: z.string().max(MAX_HELD_NAME), fileCount: z.int().min(0) });
export type HeldSend = z.infer<typeof HeldSend>;

/** What would stand still or end if another page took over. */
export const PageHoldings = z.object({
  sends: z.array(HeldSend).max(MAX_HELD_SENDS),
  /** Its screen, one of its windows, a microphone or a camera is captured. */
  isSharing: z.boolean(),
});
export type PageHoldings = z.infer<typeof PageHoldings>;

/** How things are for a page that is not the one in use. */
export const Aside = z.object({
  /** This page's own sends, which wait for it. */
  waiting: z.array(HeldSend).max(MAX_HELD_SENDS),
  /** What the page in use holds; `null` where there is none, so that this one may attach. */
  other: PageHoldings.nullable(),
});
export type Aside = z.infer<typeof Aside>;

export const appRequests = {
  /** How things are, for a page that has not attached; how the app looks, too, as it may have to ask the person. */
  'app:look': { args: none, result: Aside.extend({ settings: Settings }) },
  /** Everything a page needs to draw itself; also makes this page the one that events go to. */
  'app:attach': {
    args: z.object({
      /** SHA-256 of the DTLS certificate that this page uses for every link. */
      fingerprint: Hex32,
    }),
    result: AppState,
  },
  /** What this page holds and the backend does not know of: captures, and files for devices that have not answered. */
  'app:hold': { args: PageHoldings, result: none },
  'app:dismissNotice': { args: z.object({ noticeId: z.string().max(64) }), result: none },
  /** The person has answered what an opened link asks; unknown ids are fine, a newer link took its place. */
  'app:forgetLink': { args: z.object({ linkId: z.string().max(64) }), result: none },
  'settings:update': { args: SettingsPatch, result: Settings },
} as const;

export const appEvents = {
  /** Another page is in use, and this one gets no other events; said again when that changes. */
  'app:superseded': Aside,
  'app:notices': z.object({ notices: z.array(Notice) }),
  /** Another link was opened, or the last one is answered. */
  'app:openedLink': z.object({ openedLink: OpenedLink.nullable() }),
  'settings:changed': Settings,
} as const;
