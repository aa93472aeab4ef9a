import { x25519 } from '@noble/curves/ed25519.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes } from '@noble/hashes/utils.js';
import { HitherError } from '../errors';
import { fromHex, toHex } from '../ids';
import { label, lengthPrefixed, utf8 } from './bytes';
import type { IdentityBody } from './messages';
import { Seal, type SealedChannel } from './seal';
import { type ShortCode, shortCodeOf } from './shortCode';

/** Which side of a handshake: the dialer speaks first. */
export type Side = 'dialer' | 'listener';

/** What a side's code and commitment are made of. */
export type Revealed = Pick<IdentityBody, 'nonce' | 'identityKey' | 'fingerprint'>;

/** A fresh X25519 key pair. */
export interface Ephemeral {
  readonly secretKey: Uint8Array;
  readonly publicKey: string;
}

/** @param random gives that many cryptographically random bytes */
export function newEphemeral(random: (count: number) => Uint8Array): Ephemeral {
  const secretKey = random(32);
  return { secretKey, publicKey: toHex(x25519.getPublicKey(secretKey)) };
}

/** SHA-256 over both first messages, byte by byte as they went over the wire. */
export function transcriptOf(hello: string, welcome: string): Uint8Array {
  return sha256(concatBytes(label('hither 2 handshake'), lengthPrefixed(utf8(hello), utf8(welcome))));
}

/** Binds a side to its nonce, key and certificate before it has seen anything of the other's. */
export function commitmentOf(revealed: Revealed): string {
  return toHex(sha256(concatBytes(label('hither 2 commitment'), revealedBytes(revealed))));
}

/** What a handshake makes: the sealed connection, and a secret for further carriers of the same session. */
export interface HandshakeKeys {
  channel: SealedChannel;
  /** 32 bytes that both sides have and nobody else. */
  exporter: Uint8Array;
}

/**
 * The keys of both directions: HKDF-SHA256 (RFC 5869) over the X25519 secret and `extraSecret`, with the transcript as
 * salt.
 * @param extraSecret 32 bytes that both know beforehand, or none
 * @throws HitherError `protocol-violation` if the peer's key is of small order
 */
export function handshakeKeys(
  side: Side,
  ephemeral: Ephemeral,
  peerEphemeral: string,
  extraSecret: Uint8Array | null,
  transcript: Uint8Array,
): HandshakeKeys {
  let shared: Uint8Array;
  try {
    shared = x25519.getSharedSecret(ephemeral.secretKey, fromHex(peerEphemeral));
  } catch (error) {
    throw new HitherError('protocol-violation', {}, error);
  }
  const input = concatBytes(shared, extraSecret ?? new Uint8Array(32));
  return {
    channel: channelOf(side, hkdf(sha256, input, transcript, label('hither 2 keys'), 64)),
    exporter: hkdf(sha256, input, transcript, label('hither 3 exporter'), 32),
  };
}

/**
 * The sealed connection of a further carrier of a session, such as a data channel.
 * @param exporter what the session's first handshake made
 * @param nonces 16 random bytes of each side, made for this carrier alone: no two carriers have the same keys
 */
export function carrierChannel(
  side: Side,
  exporter: Uint8Array,
  nonces: { dialer: Uint8Array; listener: Uint8Array },
): SealedChannel {
  const salt = concatBytes(nonces.dialer, nonces.listener);
  return channelOf(side, hkdf(sha256, exporter, salt, label('hither 3 carrier'), 64));
}

/**
 * The mailbox of a session at any relay, as hex: where the two find each other again, and nobody else.
 * @param exporter what the session's first handshake made
 */
export function sessionMailbox(exporter: Uint8Array): string {
  return toHex(hkdf(sha256, exporter, undefined, label('hither 3 mailbox'), 32));
}

/** @param keys 32 bytes from dialer to listener, and 32 back */
function channelOf(side: Side, keys: Uint8Array): SealedChannel {
  const dialer = new Seal(keys.slice(0, 32));
  const listener = new Seal(keys.slice(32));
  return side === 'dialer'
    ? { outgoing: dialer, incoming: listener }
    : { outgoing: listener, incoming: dialer };
}

/** What a side signs with its identity key: the transcript, its role and its own body. */
export function signedBytes(side: Side, transcript: Uint8Array, body: string): Uint8Array {
  return concatBytes(label(`hither 2 identify ${side}`), transcript, utf8(body));
}

/** The code that both people compare, over the transcript and all that both sides revealed. */
export function codeOf(transcript: Uint8Array, dialer: Revealed, listener: Revealed): ShortCode {
  return shortCodeOf(
    sha256(concatBytes(label('hither 2 code'), transcript, revealedBytes(dialer), revealedBytes(listener))),
  );
}

function revealedBytes({ nonce, identityKey, fingerprint }: Revealed): Uint8Array {
  return concatBytes(fromHex(nonce), fromHex(identityKey), fromHex(fingerprint));
}
