import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes } from '@noble/hashes/utils.js';
import { base64urlnopad } from '@scure/base';
import { fromHex, toHex } from '../ids';
import { parseRelayUrl } from '../protocol/relayUrl';
import { label, utf8 } from './bytes';
import { type CpaceRun, startCpace } from './cpace';
import type { Auth } from './Handshake';

/** Longest text that is looked at as an invite, in characters: a link takes a relay's address and 52 more. */
export const MAX_INVITE = 1024;
/** Random bytes of an invite: nobody guesses them, and a QR code of a link stays small. */
export const INVITE_SECRET_BYTES = 16;
/** First byte of what stands behind the `#` of a link. */
const LINK_VERSION = 2;
/** Of the inviter's key, so that finding another one for a link takes 2^128 tries. */
const INVITER_BYTES = 16;
/** Version, minute of expiry (u32), secret, inviter. */
const LINK_BYTES = 1 + 4 + INVITE_SECRET_BYTES + INVITER_BYTES;
const MINUTE_MS = 60_000;
/** Scheme that the desktop app takes; what follows is the link without `https:`. */
const APP_SCHEME = 'hither:';
/** Stands in an app link whose relay has no TLS. */
const PLAIN = '?plain';

/** An invite that goes as a link: which relay, which secret, until when. */
export interface InviteLink {
  kind: 'link';
  /** A `RelayUrl`. */
  relayUrl: string;
  /** 16 random bytes. */
  secret: Uint8Array;
  /** Who waits there: `inviterMark` of its key, 16 bytes. */
  inviter: Uint8Array;
  /** When it ends, in ms since the epoch, in whole minutes. */
  expiresMs: number;
}

/** An invite that people say: a number, which the relay knows, and words, which it does not. */
export interface SpokenCode {
  kind: 'code';
  nameplate: string;
  /** The words, in lower case, with a hyphen between them. */
  words: string;
}

/** The link of an invite. The secret stands behind the `#`, which browsers send to no server. */
export function formatInviteLink({ relayUrl, secret, inviter, expiresMs }: Omit<InviteLink, 'kind'>): string {
  const bytes = new Uint8Array(LINK_BYTES);
  bytes[0] = LINK_VERSION;
  new DataView(bytes.buffer).setUint32(1, Math.floor(expiresMs / MINUTE_MS));
  bytes.set(secret, 5);
  bytes.set(inviter, 5 + INVITE_SECRET_BYTES);
  return `${relayUrl}/#${base64urlnopad.encode(bytes)}`;
}

/** The same link for the desktop app: `hither://relay/#…`. */
export function appLinkOf(link: string): string {
  const [address = '', fragment = ''] = link.split('#', 2);
  const rest = address.replace(/^https?:/, '');
  return `${APP_SCHEME}${rest}${address.startsWith('http:') ? PLAIN : ''}#${fragment}`;
}

/** The code as people say it. */
export function formatSpokenCode({ nameplate, words }: Omit<SpokenCode, 'kind'>): string {
  return `${nameplate}-${words}`;
}

/** Reads a link or a spoken code as a person pastes or types it; `null` where it is neither. Never throws. */
export function parseInvite(text: string): InviteLink | SpokenCode | null {
  const trimmed = text.trim();
  return trimmed.includes('#') ? parseLink(trimmed) : parseCode(trimmed);
}

/** Whether a text is to be read as an invite rather than as an address, be it a good one or not. */
export function looksLikeInvite(text: string): boolean {
  const trimmed = text.trim();
  return /^(https?|hither):/i.test(trimmed) || trimmed.includes('#') || parseCode(trimmed) !== null;
}

function parseLink(text: string): InviteLink | null {
  const [address = '', fragment = ''] = text.split('#', 2);
  const bytes = bytesOf(fragment);
  const relayUrl = parseRelayUrl(webAddressOf(address));
  if (bytes?.length !== LINK_BYTES || bytes[0] !== LINK_VERSION || relayUrl === null) return null;
  const expiresMs = new DataView(bytes.buffer, bytes.byteOffset).getUint32(1) * MINUTE_MS;
  const [secret, inviter] = [bytes.slice(5, 5 + INVITE_SECRET_BYTES), bytes.slice(5 + INVITE_SECRET_BYTES)];
  return { kind: 'link', relayUrl, secret, inviter, expiresMs };
}

/** `null` for what is no base64url, or too long to be ours. */
function bytesOf(fragment: string): Uint8Array | null {
  if (fragment.length > 2 * LINK_BYTES) return null;
  try {
    return base64urlnopad.decode(fragment);
  } catch {
    return null;
  }
}

/** What an app link stands for; anything else as it is. */
function webAddressOf(address: string): string {
  if (!address.toLowerCase().startsWith(APP_SCHEME)) return address;
  const rest = address.slice(APP_SCHEME.length);
  // What a URL parser would make one of, such as backslashes, is not what a person reads on the card.
  if (!/^\/\/[^/\\]/.test(rest) || rest.includes('\\')) return '';
  return rest.endsWith(PLAIN) ? `http:${rest.slice(0, -PLAIN.length)}` : `https:${rest}`;
}

function parseCode(text: string): SpokenCode | null {
  const [nameplate = '', ...words] = text
    .normalize('NFC')
    .toLowerCase()
    .split(/[\s\p{Dash}_]+/u)
    .filter((part) => part !== '');
  if (!/^[1-9][0-9]{0,6}$/.test(nameplate) || words.length !== 2) return null;
  return words.every((word) => /^\p{L}{1,24}$/u.test(word))
    ? { kind: 'code', nameplate, words: words.join('-') }
    : null;
}

/** The mailbox that a link leads to, as hex; the relay learns this and nothing of the secret. */
export function inviteMailbox(secret: Uint8Array): string {
  return toHex(hkdf(sha256, secret, undefined, label('hither 3 invite mailbox'), 32));
}

/** What both know who have the link. */
export function inviteAuth(secret: Uint8Array): Auth {
  return { mode: 'secret', secret: hkdf(sha256, secret, undefined, label('hither 3 invite auth'), 32) };
}

/**
 * What a link says of the inviter's key, 16 bytes: whoever has the link can tell that key from every other one, and can't tell the
 * links of one inviter from those of others.
 * @param identityKey as hex
 */
export function inviterMark(secret: Uint8Array, identityKey: string): Uint8Array {
  const info = concatBytes(label('hither 3 inviter'), fromHex(identityKey));
  return hkdf(sha256, secret, undefined, info, INVITER_BYTES);
}

/**
 * What both know who have the words, for one handshake: each has its own run, so each is one guess.
 * @param role the dialer is the initiator
 * @param mailbox where the two meet, as hex; it is new for every code
 */
export function spokenAuth(
  words: string,
  mailbox: string,
  role: 'initiator' | 'responder',
  random: (count: number) => Uint8Array,
): Auth {
  const run: CpaceRun = startCpace({
    password: utf8(words),
    channelIdentifier: label('hither 3 spoken code'),
    sessionId: utf8(mailbox),
    random,
  });
  const [ownAd, peerAd] = [new Uint8Array(), new Uint8Array()];
  return {
    mode: 'pake',
    share: run.share,
    finish: (peerShare) => run.finish(peerShare, { role, ownAd, peerAd }),
  };
}

/** A mailbox of two devices that share a secret, on one day: nobody can tell it from that of another day. @param day since the epoch */
export function rendezvousMailbox(secret: Uint8Array, day: number): string {
  const info = concatBytes(label('hither 3 rendezvous mailbox'), utf8(String(day)));
  return toHex(hkdf(sha256, secret, undefined, info, 32));
}

/** What two devices know that share a secret. */
export function rendezvousAuth(secret: Uint8Array): Auth {
  return { mode: 'secret', secret: hkdf(sha256, secret, undefined, label('hither 3 rendezvous auth'), 32) };
}
