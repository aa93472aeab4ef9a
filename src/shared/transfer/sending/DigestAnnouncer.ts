import { toHex } from '../../ids';
import type { TransferMessage } from '../../protocol/transfer';
import { fileDigest } from '../fileDigest';
import type { Sha256 } from '../ports';

/** Digests in one `file-digests` message. */
const MAX_DIGESTS = 500;
/** So long digests of small files wait for others, in ms: a message for each would cost more than their bytes. */
const TOGETHER_MS = 20;

type Digests = Extract<TransferMessage, { type: 'file-digests' }>['digests'];

/** Tells the receiver the digests of whole files, many at a time. */
export class DigestAnnouncer {
  readonly #sha256: Sha256;
  readonly #send: (digests: Digests) => void;
  #waiting: Digests = [];
  /** Grows with each `restart`; what is hashed for an older one is not told. */
  #generation = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(sha256: Sha256, send: (digests: Digests) => void) {
    this.#sha256 = sha256;
    this.#send = send;
  }

  /** Forgets what has not been told: it will be announced anew. */
  restart(): void {
    this.#generation++;
    this.#waiting = [];
  }

  async announce(file: number, blockDigests: readonly Uint8Array[]): Promise<void> {
    const generation = this.#generation;
    const digest = toHex(await fileDigest(blockDigests, this.#sha256));
    if (generation !== this.#generation) return;
    this.#waiting.push({ file, digest });
    if (this.#waiting.length === MAX_DIGESTS) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), TOGETHER_MS);
  }

  /** Tells what waits; for the end, when nothing more comes that could go along. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    while (this.#waiting.length > 0) this.#send(this.#waiting.splice(0, MAX_DIGESTS));
  }
}
