import { z } from 'zod';
import { DeviceId, DeviceInfo, DeviceName } from '../device';
import { ErrorFacts } from '../errors';
import { RandomId } from '../ids';
import { EngineMessage } from '../protocol/transfer';
import { Settings, SettingsPatch } from '../settings/settings';
import { EndReason } from '../protocol/endReason';
import { SignalMessage } from '../protocol/signals';
import { Hex32, IdentityKey } from '../identity/identity';
import { ShortCode } from '../identity/shortCode';
import {
  BlockOrder,
  BlockReport,
  EntryPage,
  OfferItem,
  SourceBytes,
  SourceRead,
  TransferChange,
  TransferView,
} from './transfers';
import { PeerTrust, TrustedDevice, TrustPermissions } from './trust';

/** What this backend can do for its page; the page asks for these and never for the runtime. */
export const Capabilities = z.object({
  /** Word for the about line and reports only. */
  runtime: z.enum(['electron', 'headless']),
  /** The app shows its own source picker (`capture:*`); otherwise the browser's is used. */
  hasSourcePicker: z.boolean(),
  /** `folders:choose` opens a native dialog; otherwise a path is typed. */
  canChooseFolder: z.boolean(),
  /** `transfers:reveal` can open the file manager. */
  canReveal: z.boolean(),
  /** `shell:notify` reaches the person; otherwise the browser's own notifications are used. */
  canNotify: z.boolean(),
  /** `shell:openLink` opens links; otherwise the page is in a browser that can. */
  canOpenLinks: z.boolean(),
  /** Whether closing the window ends the app is a setting, `keepRunning`. */
  canKeepRunning: z.boolean(),
});
export type Capabilities = z.infer<typeof Capabilities>;

/** A device on the network, as its card shows it. */
export const NearbyDevice = z.object({ device: DeviceInfo, address: z.string(), isCompatible: z.boolean() });
export type NearbyDevice = z.infer<typeof NearbyDevice>;

/** Why the list of nearby devices may be empty. */
export const NearbyProblem = z.enum(['off', 'no-network', 'no-multicast', 'port-taken']);
export type NearbyProblem = z.infer<typeof NearbyProblem>;

export const NearbyState = z.object({
  isOn: z.boolean(),
  devices: z.array(NearbyDevice),
  /** `host:port` forms under which this device can be reached, best first. */
  ownAddresses: z.array(z.string()),
  interfaces: z.array(z.object({ name: z.string(), address: z.string() })),
  problems: z.array(NearbyProblem),
});
export type NearbyState = z.infer<typeof NearbyState>;

/** A session as the backend knows it: a signaling connection and the two ends of it. */
export const SessionInfo = z.object({
  sessionId: RandomId,
  peer: DeviceInfo,
  /** The dialer makes the WebRTC offer. */
  role: z.enum(['dialer', 'listener']),
  /** The peer's address as the socket sees it, without port or zone. */
  remoteAddress: z.string(),
  isUp: z.boolean(),
  isAccepted: z.boolean(),
  /** The peer's identity key, proven by the handshake. */
  peerKey: IdentityKey,
  /** SHA-256 of the DTLS certificate that the peer has signed for; an SDP with another one is not its own. */
  peerFingerprint: Hex32,
  /** What both people see if nobody is in between. */
  code: ShortCode,
  trust: PeerTrust,
  /** This person has compared the code, or trusts the device; and the same of the other person, as far as is known. */
  isVerified: z.boolean(),
  isPeerVerified: z.boolean(),
});
export type SessionInfo = z.infer<typeof SessionInfo>;

/** Something that the person should know and that belongs to no request. */
export const Notice = z.object({
  noticeId: z.string(),
  code: z.enum(['settings-corrupt', 'port-taken', 'downloads-missing', 'identity-lost', 'trusted-corrupt']),
  facts: ErrorFacts,
});
export type Notice = z.infer<typeof Notice>;

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
  notices: z.array(Notice),
});
export type AppState = z.infer<typeof AppState>;

/** A screen or window that can be shared. `thumbnail` is a PNG data URL; the page shows it through `<img>`. */
export const CaptureSource = z.object({
  sourceId: z.string(),
  kind: z.enum(['screen', 'window']),
  name: z.string(),
  thumbnail: z.string(),
});
export type CaptureSource = z.infer<typeof CaptureSource>;

/** `host`, `host:port`, `[v6]` or `[v6]:port`, as a person types it. */
const Address = z.string().trim().min(1).max(255);
const LaneId = z.string().min(1).max(64);
const none = z.object({});
const session = z.object({ sessionId: RandomId });
const transfer = z.object({ transferId: RandomId });
const folderPath = z.string().min(1).max(4096);

/** Every request that a page may make of its backend: what it takes and what it gives. */
export const requests = {
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

  /** Looks again, now. */
  'nearby:refresh': { args: none, result: none },

  /** Dials; resolves when the other backend has welcomed the session (the person there has still to accept). */
  'signaling:connect': {
    args: z.object({
      sessionId: RandomId,
      target: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('device'), deviceId: DeviceId }),
        z.object({ kind: z.literal('address'), address: Address }),
      ]),
    }),
    result: SessionInfo,
  },
  'signaling:send': { args: session.extend({ message: SignalMessage }), result: none },
  /** Said by the page of either side once the session has been accepted. */
  'signaling:markAccepted': { args: session, result: none },
  /** The person has compared the code and it matched (`me`), or the other person says so (`peer`). */
  'signaling:markVerified': { args: session.extend({ by: z.enum(['me', 'peer']) }), result: none },
  /** Ends the session's signaling and tells the other side why. Unknown ids are fine: the session is over already. */
  'signaling:close': { args: session.extend({ reason: EndReason }), result: none },

  /** Pins the key of a session's peer; fails with `not-verified` before the code was compared. */
  'trust:pin': { args: session, result: none },
  'trust:update': {
    args: z.object({
      deviceId: DeviceId,
      name: DeviceName.optional(),
      permissions: TrustPermissions.optional(),
    }),
    result: none,
  },
  /** Forgets a trusted device and ends the session with it. */
  'trust:revoke': { args: z.object({ deviceId: DeviceId }), result: none },

  /** A lane of this page can carry packets of the session's transfers, each at most `maxPacketBytes` long. */
  'lanes:open': {
    args: session.extend({
      laneId: LaneId,
      maxPacketBytes: z
        .int()
        .min(1024)
        .max(16 * 1024 * 1024),
    }),
    result: none,
  },
  'lanes:close': { args: z.object({ laneId: LaneId }), result: none },
  'lanes:blockSent': { args: BlockReport, result: none },
  /** A packet that arrived on the lane; resolves when the engine has taken it. */
  'lanes:packet': { args: z.object({ laneId: LaneId, bytes: z.instanceof(Uint8Array) }), result: none },

  /** What a `sources:read` asked for. */
  'sources:bytes': { args: SourceBytes, result: none },

  /** A transfer message that the peer sent over the control channel. */
  'transfers:receive': { args: session.extend({ message: EngineMessage }), result: none },
  'transfers:offer': {
    args: session.extend({ items: z.array(OfferItem).min(1).max(100_000) }),
    result: transfer,
  },
  /** Accepts into `dir`, or into the downloads folder. */
  'transfers:accept': { args: transfer.extend({ dir: folderPath.optional() }), result: none },
  'transfers:decline': { args: transfer, result: none },
  'transfers:cancel': { args: transfer, result: none },
  /** Holds a transfer, over lost links and restarts too, until `transfers:resume`. */
  'transfers:pause': { args: transfer, result: none },
  'transfers:resume': { args: transfer, result: none },
  /**
   * Tries again what stands in the way of a paused transfer; offers the paths of one that is over once more, which is a
   * new transfer. Fails with `not-allowed` where there is nothing to try, `unknown-session` without a session.
   */
  'transfers:retry': { args: transfer, result: transfer },
  'transfers:pauseAll': { args: none, result: none },
  'transfers:resumeAll': { args: none, result: none },
  'transfers:cancelAll': { args: none, result: none },
  /** Sends this one before the others, for as long as it lasts. */
  'transfers:moveToFront': { args: transfer, result: none },
  /** Finished transfers of this and earlier starts whose names, or whose peer's, have `query` in them; newest first. */
  'transfers:history': {
    args: z.object({ query: z.string().max(255), from: z.int().min(0), count: z.int().min(1).max(100) }),
    result: z.object({ total: z.int(), transfers: z.array(TransferView).max(100) }),
  },
  /** Forgets finished transfers; files stay. */
  'transfers:clear': { args: none, result: none },
  /** Forgets one that is over, in the list and in the history; its files stay. */
  'transfers:forget': { args: transfer, result: none },
  'transfers:entries': {
    args: transfer.extend({ from: z.int().min(0), count: z.int().min(1).max(500) }),
    result: EntryPage,
  },
  'transfers:reveal': { args: transfer, result: none },

  /** Opens the native folder dialog; `null` when the person cancels it. */
  'folders:choose': { args: none, result: z.object({ dir: folderPath.nullable() }) },
  /** Whether files can be written there: resolves, or fails with `folder-missing` or `folder-read-only`. */
  'folders:check': { args: z.object({ dir: folderPath }), result: z.object({ freeBytes: z.number() }) },

  /** A notification of the system, shown where the window is out of sight. */
  'shell:notify': { args: z.object({ title: z.string().max(200), body: z.string().max(400) }), result: none },
  /** Asks the person whether to open an address that came from a peer in the browser; fails with `bad-address`. */
  'shell:openLink': { args: z.object({ url: z.string().min(1).max(2048) }), result: none },

  'capture:sources': { args: none, result: z.object({ sources: z.array(CaptureSource) }) },
  /** The next `getDisplayMedia` of this page within 10 s gets this source. */
  'capture:choose': { args: z.object({ sourceId: z.string().min(1).max(256) }), result: none },
  /**
   * Dispatches `hither:activated` on the page's window, as a gesture under which it may capture: for a session whose peer
   * may see this screen unasked. Fails with `not-allowed` for any other, and where the shell can't.
   */
  'capture:activate': { args: session, result: none },
} as const;

/** Every event that a backend sends its page. */
export const events = {
  /** Another page attached; this one gets no further events. */
  'app:superseded': none,
  'app:notices': z.object({ notices: z.array(Notice) }),
  /** The desktop app's window has been closed and the app goes on. */
  'app:hidden': none,
  'settings:changed': Settings,
  'nearby:changed': NearbyState,
  'trust:changed': z.object({ trusted: z.array(TrustedDevice) }),
  'signaling:incoming': SessionInfo,
  'signaling:message': session.extend({ message: SignalMessage }),
  /** What is known of a session's peer has changed: its trust, or the certificate of its page. */
  'signaling:changed': SessionInfo,
  /** The signaling socket broke, or is back. */
  'signaling:link': session.extend({ isUp: z.boolean() }),
  'signaling:closed': session.extend({ reason: EndReason }),
  'lanes:sendBlock': BlockOrder,
  /** Bytes of the page's own `File` that go over a lane of the backend's. */
  'sources:read': SourceRead,
  /** A transfer message for the peer. */
  'transfers:send': session.extend({ message: EngineMessage }),
  /** What is new of the transfers; four times a second at most. */
  'transfers:changed': TransferChange,
} as const;

type Requests = typeof requests;
export type RequestName = keyof Requests;
export type RequestArgs<N extends RequestName> = z.input<Requests[N]['args']>;
export type RequestResult<N extends RequestName> = z.output<Requests[N]['result']>;
type Events = typeof events;
export type EventName = keyof Events;
export type EventData<E extends EventName> = z.output<Events[E]>;
/** Event data by name, for typed emitters. */
export type EventMap = { [E in EventName]: EventData<E> };

export function isRequestName(name: unknown): name is RequestName {
  return typeof name === 'string' && Object.hasOwn(requests, name);
}

export function isEventName(name: unknown): name is EventName {
  return typeof name === 'string' && Object.hasOwn(events, name);
}
