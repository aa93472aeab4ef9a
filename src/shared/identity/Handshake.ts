import type { DeviceInfo } from '../device';
import { HitherError } from '../errors';
import { fromHex, toHex } from '../ids';
import { parseJson } from '../parseJson';
import type { SessionScope } from '../protocol/purpose';
import type { VersionRange } from '../protocol/version';
import { commonVersion, PROTOCOL_VERSION } from '../protocol/version';
import { pakeSecret, inviteSecret } from './extraSecret';
import { deviceIdOf, type Identity, isSignedBy, sign } from './identity';
import {
  codeOf,
  commitmentOf,
  type Ephemeral,
  handshakeKeys,
  newEphemeral,
  signedBytes,
  type Side,
  transcriptOf,
} from './keySchedule';
import type { Identify } from './messages';
import { type AuthMode, IdentityBody, type Refuse, type RefuseReason, SUITE } from './messages';
import type { SealedChannel } from './seal';
import type { ShortCode } from './shortCode';

/** What both sides know beforehand, if anything. For `pake`: this side's CPace share, and what makes the key of both. */
export type Auth =
  | { mode: 'open' }
  | { mode: 'secret'; secret: Uint8Array }
  | { mode: 'pake'; share: Uint8Array; finish: (peerShare: Uint8Array) => Uint8Array };

/** What this side says of itself. `lastSeq` only when a session goes on. */
export type OwnClaims = Omit<IdentityBody, 'identityKey' | 'nonce' | 'lastSeq'>;

export interface HandshakeOptions {
  identity: Identity;
  auth: Auth;
  /** Gives that many cryptographically random bytes. */
  random: (count: number) => Uint8Array;
}

/** Who is at the other end: it owns `identityKey`, and nobody but it can read and write on the channel. */
export interface ProvenPeer {
  /** Its id follows from its key; name, platform and version are claims. */
  device: DeviceInfo;
  identityKey: string;
  /** SHA-256 of the DTLS certificate of its page, lower-case hex. */
  fingerprint: string;
  capabilities: readonly string[];
  sessionId: string;
  lastSeq: number | undefined;
  /** What it asks for, where it dialed. */
  scope: SessionScope;
  /** What both people see if, and only if, nobody is in between. */
  code: ShortCode;
  version: number;
}

interface Opened {
  channel: SealedChannel;
  exporter: Uint8Array;
  transcript: Uint8Array;
  peerCommitment: string;
  version: number;
}

/** What dialer and listener have in common; see PROTOCOL.md §2 for the messages. */
export abstract class Handshake {
  protected readonly own: IdentityBody;
  protected readonly identity: Identity;
  protected readonly auth: Auth;
  protected readonly ephemeral: Ephemeral;
  readonly #side: Side;
  #opened: Opened | null = null;

  protected constructor(side: Side, { identity, auth, random }: HandshakeOptions, claims: OwnClaims) {
    this.#side = side;
    this.identity = identity;
    this.auth = auth;
    this.ephemeral = newEphemeral(random);
    this.own = { ...claims, identityKey: identity.publicKey, nonce: toHex(random(32)) };
  }

  /** The sealed connection, for what follows the handshake. */
  get channel(): SealedChannel {
    return this.opened.channel;
  }

  /** What further carriers of the session make their keys of; see `carrierChannel`. */
  get exporter(): Uint8Array {
    return this.opened.exporter;
  }

  /** The certificate that this side's claims are bound to. */
  get ownFingerprint(): string {
    return this.own.fingerprint;
  }

  protected get opened(): Opened {
    if (this.#opened === null) throw new HitherError('internal');
    return this.#opened;
  }

  /** The part of hello and welcome that both have. */
  protected opening() {
    const share = this.auth.mode === 'pake' ? { share: toHex(this.auth.share) } : {};
    const { publicKey: ephemeral } = this.ephemeral;
    return { suite: SUITE, ephemeral, commitment: commitmentOf(this.own), ...share } as const;
  }

  protected open(
    texts: { hello: string; welcome: string },
    peer: { ephemeral: string; commitment: string; share?: string | undefined },
    version: number,
  ): void {
    const transcript = transcriptOf(texts.hello, texts.welcome);
    const extra = extraSecretOf(this.auth, peer.share);
    const keys = handshakeKeys(this.#side, this.ephemeral, peer.ephemeral, extra, transcript);
    this.#opened = { ...keys, transcript, peerCommitment: peer.commitment, version };
  }

  protected sealIdentify(lastSeq: number | undefined): Uint8Array {
    const { channel, transcript } = this.opened;
    const body = JSON.stringify(lastSeq === undefined ? this.own : { ...this.own, lastSeq });
    const signature = toHex(sign(this.identity, signedBytes(this.#side, transcript, body)));
    return channel.outgoing.seal(JSON.stringify({ type: 'identify', body, signature } satisfies Identify));
  }

  /** Checks what the peer says of itself against its commitment, its signature and the transcript. */
  protected prove({ body, signature }: Identify): ProvenPeer {
    const { transcript, peerCommitment, version } = this.opened;
    const claims = parseJson(IdentityBody, body);
    if (claims === null) throw new HitherError('protocol-violation');
    const peerSide = this.#side === 'dialer' ? 'listener' : 'dialer';
    const signed = signedBytes(peerSide, transcript, body);
    const isProven =
      this.keepsCommitment(claims, peerCommitment) &&
      isSignedBy(claims.identityKey, signed, fromHex(signature));
    if (!isProven) throw new HitherError('tampered');
    const { identityKey, fingerprint, capabilities, sessionId, lastSeq, scope, name, platform, appVersion } =
      claims;
    const [dialer, listener] = this.#side === 'dialer' ? [this.own, claims] : [claims, this.own];
    return {
      device: { deviceId: deviceIdOf(identityKey), name, platform, appVersion },
      identityKey,
      fingerprint,
      capabilities,
      sessionId,
      lastSeq,
      scope: scope ?? 'all',
      code: codeOf(transcript, dialer, listener),
      version,
    };
  }

  /**
   * Whether a side reveals what it committed to before it saw anything of the other's. Without this, somebody in the
   * middle could try nonces until two codes are alike; a test overrides it to show that.
   */
  protected keepsCommitment(claims: IdentityBody, commitment: string): boolean {
    return commitmentOf(claims) === commitment;
  }

  /** @throws HitherError `tampered` if it does not open: somebody without the keys wrote it */
  protected openText(sealed: Uint8Array): string {
    try {
      return this.opened.channel.incoming.open(sealed);
    } catch (error) {
      throw new HitherError('tampered', {}, error);
    }
  }
}

/** A refusal, as listeners say it. */
export function refusal(reason: RefuseReason): Refuse {
  return { type: 'refuse', reason, protocol: PROTOCOL_VERSION };
}

/** The version to speak with a range, or `null`. */
export function versionFor(theirs: VersionRange): number | null {
  return commonVersion(PROTOCOL_VERSION, theirs);
}

/** Whether a peer's share is there exactly in the mode that has one. */
export function hasShareOf(mode: AuthMode, share: string | undefined): boolean {
  return (mode === 'pake') === (share !== undefined);
}

function extraSecretOf(auth: Auth, peerShare: string | undefined): Uint8Array | null {
  switch (auth.mode) {
    case 'open':
      return null;
    case 'secret':
      return inviteSecret(auth.secret);
    case 'pake':
      return pakeSecret(auth.finish(fromHex(peerShare ?? '')));
  }
}
