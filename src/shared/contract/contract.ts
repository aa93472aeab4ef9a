import { z } from 'zod';
import { DeviceId, DeviceInfo } from '../device';
import { ErrorFacts } from '../errors';
import { RandomId } from '../ids';
import { TransferMessage } from '../protocol/transfer';
import { Settings, SettingsPatch } from '../settings/settings';
import { EndReason } from '../signaling/endReason';
import { SignalMessage } from '../signaling/messages';
import { BlockOrder, BlockReport, EntryPage, OfferItem, TransferView } from './transfers';

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
export const SignalingSession = z.object({
  sessionId: RandomId,
  peer: DeviceInfo,
  /** The dialer makes the WebRTC offer. */
  role: z.enum(['dialer', 'listener']),
  /** The peer's address as the socket sees it, without port or zone. */
  remoteAddress: z.string(),
  isUp: z.boolean(),
  isAccepted: z.boolean(),
});
export type SignalingSession = z.infer<typeof SignalingSession>;

/** Something that the person should know and that belongs to no request. */
export const Notice = z.object({
  noticeId: z.string(),
  code: z.enum(['settings-corrupt', 'port-taken', 'downloads-missing']),
  facts: ErrorFacts,
});
export type Notice = z.infer<typeof Notice>;

export const AppState = z.object({
  device: DeviceInfo,
  capabilities: Capabilities,
  settings: Settings,
  nearby: NearbyState,
  sessions: z.array(SignalingSession),
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
  'app:attach': { args: none, result: AppState },
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
    result: SignalingSession,
  },
  'signaling:send': { args: session.extend({ message: SignalMessage }), result: none },
  /** Said by the page of either side once the session has been accepted. */
  'signaling:markAccepted': { args: session, result: none },
  /** Ends the session's signaling and tells the other side why. Unknown ids are fine: the session is over already. */
  'signaling:close': { args: session.extend({ reason: EndReason }), result: none },

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

  /** A transfer message that the peer sent over the control channel. */
  'transfers:receive': { args: session.extend({ message: TransferMessage }), result: none },
  'transfers:offer': {
    args: session.extend({ items: z.array(OfferItem).min(1).max(100_000) }),
    result: transfer,
  },
  /** Accepts into `dir`, or into the downloads folder. */
  'transfers:accept': { args: transfer.extend({ dir: folderPath.optional() }), result: none },
  'transfers:decline': { args: transfer, result: none },
  'transfers:cancel': { args: transfer, result: none },
  /** Forgets finished transfers; files stay. */
  'transfers:clear': { args: none, result: none },
  'transfers:entries': {
    args: transfer.extend({ from: z.int().min(0), count: z.int().min(1).max(500) }),
    result: EntryPage,
  },
  'transfers:reveal': { args: transfer, result: none },

  /** Opens the native folder dialog; `null` when the person cancels it. */
  'folders:choose': { args: none, result: z.object({ dir: folderPath.nullable() }) },
  /** Whether files can be written there: resolves, or fails with `folder-missing` or `folder-read-only`. */
  'folders:check': { args: z.object({ dir: folderPath }), result: z.object({ freeBytes: z.number() }) },

  'capture:sources': { args: none, result: z.object({ sources: z.array(CaptureSource) }) },
  /** The next `getDisplayMedia` of this page within 10 s gets this source. */
  'capture:choose': { args: z.object({ sourceId: z.string().min(1).max(256) }), result: none },
} as const;

/** Every event that a backend sends its page. */
export const events = {
  /** Another page attached; this one gets no further events. */
  'app:superseded': none,
  'app:notices': z.object({ notices: z.array(Notice) }),
  'settings:changed': Settings,
  'nearby:changed': NearbyState,
  'signaling:incoming': SignalingSession,
  'signaling:message': session.extend({ message: SignalMessage }),
  /** The signaling socket broke, or is back. */
  'signaling:link': session.extend({ isUp: z.boolean() }),
  'signaling:closed': session.extend({ reason: EndReason }),
  'lanes:sendBlock': BlockOrder,
  /** A transfer message for the peer. */
  'transfers:send': session.extend({ message: TransferMessage }),
  /** All transfers, newest first; at most ten times a second. */
  'transfers:changed': z.object({ transfers: z.array(TransferView) }),
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
