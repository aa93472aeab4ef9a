import { z } from 'zod';
import { DeviceId, DeviceInfo } from '../device';
import { Hex32, IdentityKey } from '../identity/identity';
import { MAX_INVITE } from '../identity/invite';
import { ShortCode } from '../identity/shortCode';
import { RandomId } from '../ids';
import { EndReason } from '../protocol/endReason';
import { FeatureName } from '../protocol/frames';
import { FilesPurpose, SessionScope } from '../protocol/purpose';
import { PeerRights } from '../protocol/rights';
import { folderPath, none, sessionRef, TypedAddress } from './common';
import { PeerTrust } from './trust';

/**
 * Where a session stands.
 * - `asking`: the other backend has it; the person there has not answered
 * - `asked`: the person here has not answered
 * - `verifying`: accepted; one of the two people (or both) has still to compare the code. Nothing else goes to the peer
 * - `connected`: both have verified, and messages get through
 * - `reconnecting`: no carrier is up; the session ends as `lost` where that stays so for 30 s
 */
export const SessionPhase = z.enum(['asking', 'asked', 'verifying', 'connected', 'reconnecting']);
export type SessionPhase = z.infer<typeof SessionPhase>;

/** Who ended a session: this person, the other one, or neither (the network, a limit, a version). */
export const EndedBy = z.enum(['me', 'peer', 'none']);
export type EndedBy = z.infer<typeof EndedBy>;

/** How the peer is reached, with what follows from it for the page's links. */
const SessionRoute = z.object({
  kind: z.enum(['lan', 'relay', 'member']),
  /** The peer's address as this side sees it, without port or zone; `null` where something stands between. */
  address: z.string().nullable(),
  iceServers: z.array(
    z.object({
      urls: z.array(z.string()),
      username: z.string().optional(),
      credential: z.string().optional(),
    }),
  ),
});
type SessionRoute = z.infer<typeof SessionRoute>;

/**
 * What shows that nobody is between the two: the code that they compare, the secret of an invite link, or the words of a spoken
 * code. A device whose key is pinned needs none of these.
 */
export const SessionProof = z.enum(['code', 'invite', 'spoken-code']);
export type SessionProof = z.infer<typeof SessionProof>;

/** A session as the backend knows it, which decides; the page mirrors it. */
export const SessionInfo = z.object({
  sessionId: RandomId,
  peer: DeviceInfo,
  /** The dialer makes the WebRTC offer. */
  role: z.enum(['dialer', 'listener']),
  phase: SessionPhase,
  scope: SessionScope,
  /** The files that it was asked for, where they were named. */
  purpose: FilesPurpose.nullable(),
  route: SessionRoute,
  /** The peer's identity key, proven by the handshake. */
  peerKey: IdentityKey,
  /** SHA-256 of the DTLS certificate that the peer has signed for; an SDP with another one is not its own. */
  peerFingerprint: Hex32,
  proof: SessionProof,
  /** What the peer may do here, and what this side may do there. */
  rights: PeerRights,
  ownRights: PeerRights,
  /** Whether the peer has a page that peer links can lead to. */
  hasPeerPage: z.boolean(),
  /** What both people see if nobody is in between. */
  code: ShortCode,
  trust: PeerTrust,
  /** This person has compared the code, or trusts the device; and the same of the other person, as far as is known. */
  isVerified: z.boolean(),
  isPeerVerified: z.boolean(),
  /** While a person is waited for: when that ends as `timed-out`, in ms since the epoch. */
  waitsUntilMs: z.number().nullable(),
});
export type SessionInfo = z.infer<typeof SessionInfo>;

/** Names a carrier of the page's, such as the data channel of a peer link. */
const CarrierId = z.string().min(1).max(64);
/** Largest frame of a carrier, in bytes: that of a socket, sealed. */
const MAX_FRAME_BYTES = 256 * 1024;
const frame = z.object({
  carrierId: CarrierId,
  bytes: z.instanceof(Uint8Array).refine((bytes) => bytes.length <= MAX_FRAME_BYTES),
});

/** What a page may end a session with. */
const PageEnd = EndReason.extract(['declined', 'left', 'code-mismatch', 'protocol-violation', 'tampered']);

export const sessionRequests = {
  /**
   * Dials; resolves when the other backend has welcomed the session (the person there has still to accept). With a `purpose` it is
   * for files alone, and the person there reads which.
   */
  'sessions:connect': {
    args: z.object({
      sessionId: RandomId,
      purpose: FilesPurpose.optional(),
      target: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('device'), deviceId: DeviceId }),
        z.object({ kind: z.literal('address'), address: TypedAddress }),
        /** A link, or a spoken code of this device's relay, as a person pastes or types it. */
        z.object({ kind: z.literal('invite'), invite: z.string().trim().min(1).max(MAX_INVITE) }),
      ]),
    }),
    result: SessionInfo,
  },
  /**
   * Says yes to a request; means nothing in other phases. With `files` also to the files that the request names, for `dir` or the
   * downloads folder: the first offer that is no more than these is accepted.
   */
  'sessions:accept': {
    args: sessionRef.extend({ files: z.object({ dir: folderPath.optional() }).optional() }),
    result: none,
  },
  /** The codes match; with `trust` the peer's key is pinned from now on. Means nothing outside of phase `verifying`. */
  'sessions:verify': { args: sessionRef.extend({ trust: z.boolean() }), result: none },
  /**
   * The peer's key is pinned from now on, in a session that has begun, whatever has shown that nobody is in between. Fails with
   * `not-verified` before that, and with `not-allowed` for a peer with the name or the address of a trusted device.
   */
  'sessions:trust': { args: sessionRef, result: none },
  /** Ends a session, or takes a request back, and tells the other side. Unknown ids are fine: it is over already. */
  'sessions:end': { args: sessionRef.extend({ reason: PageEnd }), result: none },
  /** A message of one of the page's features; fails with `not-verified` before both people have verified. */
  'sessions:send': { args: sessionRef.extend({ feature: FeatureName, body: z.unknown() }), result: none },

  /** The data channel of a peer link is open and can move the session's frames. */
  'carriers:open': { args: sessionRef.extend({ carrierId: CarrierId }), result: none },
  /** A frame that arrived on it. */
  'carriers:frame': { args: frame, result: none },
  'carriers:close': { args: z.object({ carrierId: CarrierId }), result: none },
} as const;

export const sessionEvents = {
  /** A session came, or what is known of it has changed. */
  'sessions:changed': SessionInfo,
  /** A message for one of the page's features. */
  'sessions:message': sessionRef.extend({ feature: FeatureName, body: z.unknown() }),
  'sessions:ended': sessionRef.extend({ reason: EndReason, by: EndedBy }),
  /** A frame to send. */
  'carriers:send': frame,
} as const;
