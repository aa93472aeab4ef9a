import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { HitherError } from '../errors';
import { utf8 } from './bytes';

/** XChaCha20-Poly1305's nonce; the counter is in its last eight bytes. */
const NONCE_BYTES = 24;

const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * One direction of a sealed connection: messages are encrypted with XChaCha20-Poly1305 under one key, each with the
 * number of messages before it as nonce. What is lost, repeated, reordered or changed on the way does not open.
 */
export class Seal {
  readonly #key: Uint8Array;
  #count = 0n;

  /** @param key 32 bytes, for this direction of this connection alone */
  constructor(key: Uint8Array) {
    this.#key = key;
  }

  /** Encrypts the next message. */
  seal(text: string): Uint8Array {
    return xchacha20poly1305(this.#key, this.#nextNonce()).encrypt(utf8(text));
  }

  /**
   * Decrypts the next message. After a failure the connection is unusable.
   * @throws HitherError `protocol-violation` if it is not the next one, or not UTF-8
   */
  open(sealed: Uint8Array): string {
    try {
      return decoder.decode(xchacha20poly1305(this.#key, this.#nextNonce()).decrypt(sealed));
    } catch (error) {
      throw new HitherError('protocol-violation', {}, error);
    }
  }

  #nextNonce(): Uint8Array {
    const nonce = new Uint8Array(NONCE_BYTES);
    new DataView(nonce.buffer).setBigUint64(NONCE_BYTES - 8, this.#count++);
    return nonce;
  }
}

/** Both directions of a sealed connection. */
export interface SealedChannel {
  readonly outgoing: Seal;
  readonly incoming: Seal;
}
