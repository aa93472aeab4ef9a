import { hmac } from '@noble/hashes/hmac.js';
import { md5, sha1 } from '@noble/hashes/legacy.js';
import { utf8 } from '../identity/bytes';

/**
 * What a name and a password come to with a realm (RFC 8489 §9.2.2). MD5 and SHA-1 are what TURN servers speak; what they protect is who
 * may use the server, and nothing of ours.
 * @param password ASCII: what else SASLprep would change is left as it is
 */
export function longTermKey(username: string, realm: string, password: string): Uint8Array {
  return md5(utf8(`${username}:${realm}:${password}`));
}

/** HMAC-SHA1, 20 bytes. */
export function hmacSha1(key: Uint8Array, bytes: Uint8Array): Uint8Array {
  return hmac(sha1, key, bytes);
}
