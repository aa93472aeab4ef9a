import { z } from 'zod';
import { DeviceName, Platform } from '../device';
import { RandomId } from '../ids';
import { SessionScope } from '../protocol/purpose';
import { VersionRange } from '../protocol/version';
import { EndReason } from '../protocol/endReason';
import { Hex32, IdentityKey } from './identity';

/** The one set of algorithms of this protocol version. A version names its algorithms, so there is nothing to negotiate. */
export const SUITE = 'x25519-ed25519-xchacha20poly1305-sha256';

/**
 * What, besides the two identities, goes into the keys: nothing, a secret that both got from an invite, or what a PAKE
 * made of a spoken code.
 */
export const AuthMode = z.enum(['open', 'secret', 'pake']);
export type AuthMode = z.infer<typeof AuthMode>;

/** What both first messages have; nothing in them says who sends it. */
const opening = {
  suite: z.literal(SUITE),
  /** X25519 public key (RFC 7748), made for this connection. */
  ephemeral: Hex32,
  /** SHA-256 over what the sender will reveal of itself: see `commitmentOf`. */
  commitment: Hex32,
  /** The sender's CPace share, in mode `pake` only. */
  share: Hex32.optional(),
};

/** The dialer's first message, in the clear. */
export const Hello = z.object({
  type: z.literal('hello'),
  protocol: VersionRange,
  auth: AuthMode,
  ...opening,
});
export type Hello = z.infer<typeof Hello>;

/** The listener's answer, in the clear; everything after it is sealed. */
export const Welcome = z.object({
  type: z.literal('welcome'),
  /** The version chosen: the newest that both speak. */
  protocol: z.int().min(1).max(65535),
  ...opening,
});
export type Welcome = z.infer<typeof Welcome>;

/** The part of a hello that every version of the protocol has. */
export const AnyHello = z.object({ type: z.literal('hello'), protocol: VersionRange });

/**
 * Why a listener says no. In the clear anybody in between can say it as well, and sealed it is of nobody known, so it
 * may hold no more than what silence does: there is no session, and none of these claims that a person decided.
 */
export const RefuseReason = EndReason.extract([
  'incompatible-version',
  'busy',
  'unavailable',
  'not-taking',
  'lost',
  'protocol-violation',
  'tampered',
]);
export type RefuseReason = z.infer<typeof RefuseReason>;

/** A listener's "no", in the clear or (once sealed) instead of its identity. */
export const Refuse = z.object({ type: z.literal('refuse'), reason: RefuseReason, protocol: VersionRange });
export type Refuse = z.infer<typeof Refuse>;

/** Something that a build of this version can do and others of the same version may not. */
const Capability = z.string().regex(/^[a-z0-9-]{1,32}$/);

/** Who a side is, as the signed JSON text inside `Identify`. */
export const IdentityBody = z.object({
  identityKey: IdentityKey,
  /** What the commitment hid: 32 random bytes. */
  nonce: Hex32,
  /** SHA-256 of the DTLS certificate that this side's page uses (RFC 8122). */
  fingerprint: Hex32,
  name: DeviceName,
  platform: Platform,
  appVersion: z.string().regex(/^\d{1,5}\.\d{1,5}\.\d{1,5}(-[\w.]{1,32})?$/),
  capabilities: z.array(Capability).max(32),
  /** The session that this connection is for. */
  sessionId: RandomId,
  /** A session whose socket broke goes on; the last `seq` seen. The listener says it only in answer to the dialer. */
  lastSeq: z.int().min(0).optional(),
  /** What the dialer asks for; everything where it does not say. What it is for in detail follows once the listener is proven. */
  scope: SessionScope.optional().catch(undefined),
});
export type IdentityBody = z.infer<typeof IdentityBody>;

/** First sealed message of each side. */
export const Identify = z.object({
  type: z.literal('identify'),
  /** An `IdentityBody`, as the very text that is signed. */
  body: z.string().min(2).max(4096),
  signature: z.string().regex(/^[0-9a-f]{128}$/),
});
export type Identify = z.infer<typeof Identify>;

/** What the dialer may get for its hello. */
export const HelloAnswer = z.discriminatedUnion('type', [Welcome, Refuse]);
/** What the dialer may get for its `identify`. */
export const IdentifyAnswer = z.discriminatedUnion('type', [Identify, Refuse]);
