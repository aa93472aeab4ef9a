import { ristretto255, ristretto255_hasher } from '@noble/curves/ed25519.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { HitherError } from '../errors';

/** Names the cipher suite in everything that is hashed (draft-irtf-cfrg-cpace §8.3). */
const SUITE = utf8ToBytes('CPaceRistretto255');
const KEY_LABEL = utf8ToBytes('CPaceRistretto255_ISK');
/** Input block of SHA-512, in bytes: the password is padded to fill the first one, whatever its length. */
const HASH_BLOCK_BYTES = 128;

export interface CpaceOptions {
  /** The secret that both people know, as bytes; it may be short. */
  password: Uint8Array;
  /** What both sides know of the channel beforehand, such as who is who; both must have the same. */
  channelIdentifier: Uint8Array;
  /** Names this run; both sides must have the same, and none may come twice. */
  sessionId: Uint8Array;
  /** Gives that many random bytes of a cryptographic generator. */
  random: (lengthBytes: number) => Uint8Array;
}

export interface CpacePeer {
  /** Our part: the initiator's share goes first into the transcript. */
  role: 'initiator' | 'responder';
  /** What each side sent beside its share and wants the key to depend on. */
  ownAd: Uint8Array;
  peerAd: Uint8Array;
}

/** One run of the exchange: what to send, and what to make of the answer. */
export interface CpaceRun {
  /** For the peer, 32 bytes. Tells nothing about the password. */
  readonly share: Uint8Array;
  /**
   * The key, 64 bytes, of whoever took part with the same password: equal on both sides only where password, channel,
   * session, shares and additional data are. Works once: every further try would be a further guess at the password.
   * @throws HitherError `protocol-violation` where the share encodes no element or the neutral one, is our own, or
   * where a share was tried before
   */
  finish(peerShare: Uint8Array, peer: CpacePeer): Uint8Array;
}

/**
 * Begins CPace (draft-irtf-cfrg-cpace-21) on ristretto255 with SHA-512: two people with a short common secret get a
 * strong common key, and somebody between them gets one guess a run.
 */
export function startCpace(options: CpaceOptions): CpaceRun {
  const { channelIdentifier, password, sessionId } = options;
  const scalar = sampleScalar(options.random);
  const generator = derivedElement(sha512(generatorString(password, channelIdentifier, sessionId)));
  const share = generator.multiply(scalar).toBytes();
  let isUsed = false;
  return {
    share,
    finish: (peerShare, { ownAd, peerAd, role }) => {
      if (isUsed || sameBytes(peerShare, share))
        throw new HitherError('protocol-violation', { rule: 'share' });
      isUsed = true;
      const secret = sharedSecret(scalar, peerShare);
      const own = lengthValues(share, ownAd);
      const theirs = lengthValues(peerShare, peerAd);
      const transcript = role === 'initiator' ? [own, theirs] : [theirs, own];
      return sha512(concatBytes(lengthValues(KEY_LABEL, sessionId, secret), ...transcript));
    },
  };
}

/** The element that 64 uniform bytes stand for (RFC 9496 §4.3.4). */
function derivedElement(uniform: Uint8Array): InstanceType<typeof ristretto255.Point> {
  if (ristretto255_hasher.deriveToCurve === undefined) throw new Error('no element derivation');
  return ristretto255_hasher.deriveToCurve(uniform);
}

/** 252 random bits, little-endian, as the draft recommends; below the group's order whatever they are. */
function sampleScalar(random: CpaceOptions['random']): bigint {
  for (;;) {
    const bytes = Uint8Array.from(random(32));
    let scalar = BigInt((bytes[31] ?? 0) & 0x0f);
    for (let index = 30; index >= 0; index--) scalar = (scalar << 8n) | BigInt(bytes[index] ?? 0);
    if (scalar !== 0n) return scalar;
  }
}

function sharedSecret(scalar: bigint, peerShare: Uint8Array): Uint8Array {
  try {
    const element = ristretto255.Point.fromBytes(peerShare);
    if (!element.is0()) return element.multiply(scalar).toBytes();
  } catch {
    // Not the encoding of an element; said below, as for the neutral one.
  }
  throw new HitherError('protocol-violation', { rule: 'share' });
}

/** Password and suite fill whole hash blocks, so that the time to hash them tells nothing of the password's length. */
function generatorString(
  password: Uint8Array,
  channelIdentifier: Uint8Array,
  sessionId: Uint8Array,
): Uint8Array {
  const used = lengthValues(SUITE, password).length + 1;
  const padding = new Uint8Array(Math.max(0, HASH_BLOCK_BYTES - used));
  return lengthValues(SUITE, password, padding, channelIdentifier, sessionId);
}

/** Each part behind its length (LEB128), so that no two lists of parts give the same bytes. */
function lengthValues(...parts: readonly Uint8Array[]): Uint8Array {
  return concatBytes(...parts.flatMap((part) => [leb128(part.length), part]));
}

function leb128(value: number): Uint8Array {
  const bytes = [];
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 0x80) return Uint8Array.of(...bytes, rest);
    bytes.push((rest & 0x7f) | 0x80);
  }
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
