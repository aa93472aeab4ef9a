import { z } from 'zod';
import { RandomId } from '../ids';
import { Hex32 } from '../identity/identity';

/** Path of a relay's WebSocket, behind its base path. */
export const RELAY_SOCKET_PATH = '/hither/relay';
/** Path of what a relay says to whoever asks about the request itself, behind its base path. */
export const RELAY_ABOUT_PATH = '/hither/about';
/** Version of what client and relay say to each other; the first message names it. */
export const RELAY_VERSION = 1;
/** Port of a relay that was given none; next to the page's (47170) in IANA's unassigned user range. */
export const RELAY_PORT = 47_180;

/** Largest text message in either direction, in bytes: a `joined` or an `ice` with eight servers has under 4 KiB. */
export const MAX_RELAY_TEXT_BYTES = 8 * 1024;
/** Largest frame, header included: the largest message of a session (160 KiB), sealed. A relay may be set lower. */
export const MAX_RELAY_FRAME_BYTES = 160 * 1024 + 64;

/** A mailbox: 32 random bytes as hex. Who knows it may be one of its two members. */
export const MailboxId = Hex32;
/** A short number that leads to a mailbox until both members are there. */
export const Nameplate = z.string().regex(/^[1-9][0-9]{0,6}$/);
/** One life of a mailbox's numbering. Another one means that both directions begin at 1 again. */
const Epoch = RandomId;
const FrameNumber = z
  .int()
  .min(0)
  .max(2 ** 32 - 1);

/** Why a relay closes a socket: the close frame has the word as its reason, with its own code. */
export const RELAY_CLOSE_CODES = {
  /** The mailbox has two members already. */
  crowded: 4001,
  /** Nobody came by the nameplate in time. */
  expired: 4002,
  /** No such nameplate: it never was, or was freed. */
  gone: 4003,
  /** The same side came on another socket. */
  replaced: 4004,
  /** More messages, bytes, claims or requests than the limits allow. */
  'too-fast': 4005,
  /** A frame beyond `limits.frameBytes`. */
  'too-large': 4006,
  /** What was sent to this client was not read or not acknowledged in time. */
  'slow-reader': 4007,
  /** Nothing was heard of this client for too long. */
  silent: 4008,
  'protocol-violation': 4009,
  /** More waits for the other side than `limits` allow. */
  full: 4010,
  /** The relay is going down: come again, elsewhere or later. */
  draining: 4011,
  /** The relay can't serve this now: come again later. */
  unavailable: 4012,
  /** Too many new sides came to this mailbox. */
  'too-many-attempts': 4013,
  /** This relay speaks another version. */
  unsupported: 4014,
} as const;
export type RelayCloseReason = keyof typeof RELAY_CLOSE_CODES;

/** A random id of this client in this mailbox; whoever comes with the same one takes the place of the older socket. */
const Side = RandomId;
const opening = { version: z.int().min(1).max(65_535), side: Side };

/** What a client sends as text. The first three open a membership, one for each socket. */
export const RelayRequest = z.discriminatedUnion('type', [
  /** A new mailbox with a nameplate. */
  z.object({ type: z.literal('allocate'), ...opening }),
  /** The mailbox that a nameplate leads to. */
  z.object({ type: z.literal('claim'), ...opening, nameplate: Nameplate }),
  /** A mailbox that is known, made if it is not there; `resume` says what was received in which epoch. */
  z.object({
    type: z.literal('join'),
    ...opening,
    mailbox: MailboxId,
    resume: z.object({ epoch: Epoch, received: FrameNumber }).optional(),
  }),
  /** Gives up the place in the mailbox. What this side has sent still reaches the other one. */
  z.object({ type: z.literal('leave') }),
  /** Asks for ICE servers. */
  z.object({ type: z.literal('ice') }),
]);
export type RelayRequest = z.infer<typeof RelayRequest>;

/** What a member must keep to, as the relay was set. */
export const MailboxLimits = z.object({
  /** Largest frame, header included, in bytes. */
  frameBytes: z.int().min(1).max(MAX_RELAY_FRAME_BYTES),
  /** Frames, and their bytes, that may be unacknowledged at a time in one direction. */
  waitingFrames: z.int().min(1),
  waitingBytes: z.int().min(1),
  /** How long a place is kept for a member that is away, in ms. */
  awayMs: z.int().min(1),
});
export type MailboxLimits = z.infer<typeof MailboxLimits>;

/** One ICE server, as `RTCPeerConnection` has them. */
export const IceServer = z.object({
  urls: z.array(z.string().max(512)).min(1).max(8),
  username: z.string().max(256).optional(),
  credential: z.string().max(256).optional(),
});
export type IceServer = z.infer<typeof IceServer>;

/** What a relay says of itself and of the request that asks: nothing of anybody else, and no address. */
export const RelayAbout = z.object({
  version: z.int().min(1).max(65_535),
  /** The relay's clock, in ms since the epoch: credentials of TURN run out by it. */
  nowMs: z.int().min(0),
  /** Entries of `X-Forwarded-For` that came with the request, and how many the relay trusts proxies to have written. */
  forwarded: z.int().min(0).max(1_000),
  trusted: z.int().min(0).max(1_000),
});
export type RelayAbout = z.infer<typeof RelayAbout>;

/** What a relay sends as text. */
export const RelayMessage = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('joined'),
    mailbox: MailboxId,
    /** Only after `allocate`. */
    nameplate: Nameplate.nullable(),
    epoch: Epoch,
    /** The last number that has arrived from this side: what comes after it is to be sent again. */
    received: FrameNumber,
    isPeerPresent: z.boolean(),
    limits: MailboxLimits,
  }),
  /** The other member came or went. Another epoch than before: both directions begin at 1 again. */
  z.object({ type: z.literal('peer'), isPresent: z.boolean(), epoch: Epoch }),
  /** Something was lost: send everything after this number again. */
  z.object({ type: z.literal('repeat'), after: FrameNumber }),
  /** Answers `ice`; credentials are good for `ttlS` seconds. */
  z.object({
    type: z.literal('ice'),
    servers: z.array(IceServer).max(8),
    ttlS: z.int().min(0),
  }),
  /** The relay goes down: move to another one at a random moment within this time. */
  z.object({ type: z.literal('draining'), withinMs: z.int().min(0) }),
]);
export type RelayMessage = z.infer<typeof RelayMessage>;

/**
 * Binary messages, the same in both directions. Numbers are big-endian.
 *
 *     0  u8   kind: 1 data, 2 acknowledgement
 *     1  u32  epoch: its first 4 bytes; a message of another one is late, and is dropped
 *     5  u32  data: number of the frame, from 1 up without a gap; acknowledgement: everything up to this has arrived
 *     9       data: at least one byte, which no relay understands
 */
const KIND_DATA = 1;
const KIND_ACK = 2;
export const RELAY_HEADER_BYTES = 9;

/** The head of a binary message. */
export interface RelayFrameHead {
  kind: 'data' | 'ack';
  /** `epochTag` of its epoch. */
  tag: number;
  number: number;
}

/** What binary messages have of an epoch. */
export function epochTag(epoch: string): number {
  return Number.parseInt(epoch.slice(0, 8), 16);
}

/** Reads the head of a binary message, or `null` where it is none. Never throws. */
export function readRelayFrame(frame: Uint8Array): RelayFrameHead | null {
  const isData = frame[0] === KIND_DATA && frame.length > RELAY_HEADER_BYTES;
  const isAck = frame[0] === KIND_ACK && frame.length === RELAY_HEADER_BYTES;
  if (!isData && !isAck) return null;
  const view = new DataView(frame.buffer, frame.byteOffset, RELAY_HEADER_BYTES);
  const number = view.getUint32(5);
  return number === 0 ? null : { kind: isData ? 'data' : 'ack', tag: view.getUint32(1), number };
}

/** Makes a data frame. `number` is from 1 to 2³² - 1, `tag` the `epochTag` of the epoch. */
export function encodeRelayData(tag: number, number: number, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  const frame = encodeHead(KIND_DATA, tag, number, payload.length);
  frame.set(payload, RELAY_HEADER_BYTES);
  return frame;
}

/** Makes an acknowledgement of everything up to `number`. */
export function encodeRelayAck(tag: number, number: number): Uint8Array<ArrayBuffer> {
  return encodeHead(KIND_ACK, tag, number, 0);
}

function encodeHead(
  kind: number,
  tag: number,
  number: number,
  payloadBytes: number,
): Uint8Array<ArrayBuffer> {
  const frame = new Uint8Array(RELAY_HEADER_BYTES + payloadBytes);
  const view = new DataView(frame.buffer);
  view.setUint8(0, kind);
  view.setUint32(1, tag);
  view.setUint32(5, number);
  return frame;
}
