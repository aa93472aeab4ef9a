import type { Sha256 } from './ports';

const DIGEST_BYTES = 32;

/**
 * A file's digest: SHA-256 over the SHA-256 of its blocks, in order. Blocks can so be checked one by one, in any
 * order and in different processes, and still add up to one check of the whole; an empty file is SHA-256 of nothing.
 */
export async function fileDigest(blockDigests: readonly Uint8Array[], sha256: Sha256): Promise<Uint8Array> {
  const joined = new Uint8Array(blockDigests.length * DIGEST_BYTES);
  blockDigests.forEach((digest, index) => joined.set(digest, index * DIGEST_BYTES));
  return sha256(joined);
}

/** Whether two digests are the same. They are no secrets, so some comparisons may last longer than others. */
export function isSameDigest(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
