import { lstat, open, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { ManifestEntry } from '../../../../shared/protocol/transfer';
import { blockCount, blockLength, BLOCK_BYTES } from '../../../../shared/transfer/blocks';
import { isSameDigest } from '../../../../shared/transfer/fileDigest';
import type { RecoveredProgress } from '../../../../shared/transfer/receiving/ReceiveProgress';
import type { ClaimedFiles, Digest, EarlierSink } from '../../../../backend/ports';
import { checkFolder } from '../checkFolder';
import type { FolderSink } from './FolderSink';

type Digests = readonly (Uint8Array | undefined)[];

/**
 * Looks at what an earlier run left: every block that its journal claims is read and hashed again, so that nothing is
 * believed that a crash, a power cut or another program has made untrue. About as fast as the disk reads.
 * @param dir absolute path of the folder that was received into
 * @param claimed what the journal says
 * @throws HitherError `folder-missing` or `folder-read-only` where the folder can't be written to now
 */
export async function recoverParts(
  sink: FolderSink,
  dir: string,
  entries: readonly ManifestEntry[],
  claimed: ClaimedFiles,
  digest: Digest,
): Promise<RecoveredProgress> {
  await checkFolder(dir);
  const complete = [...claimed.complete];
  const blocks = new Map<number, Digests>();
  let lostBlocks = 0;
  for (const [file, digests] of claimed.blocks) {
    const sizeBytes = entries[file]?.sizeBytes ?? 0;
    const claim: Claim = { digests, sizeBytes, digest };
    if (!claimed.notes.parts.has(file) && sink.whole.isOfItsKind(file)) {
      if (await isWholeThere(sink, file, claim)) complete.push(file);
      continue;
    }
    const folder = await sink.earlierFolder(file).catch(() => null);
    const { found, isNamed } = await foundOf(folder, claimed.notes, file, claim);
    lostBlocks += countOf(digests) - countOf(found);
    if (isNamed) complete.push(file);
    else if (countOf(found) > 0) blocks.set(file, found);
  }
  await removeStrays(sink, entries, claimed);
  return { complete, blocks, lostBlocks };
}

/**
 * Removes temporary files that a kill left of small files, in folders that this transfer made. They are written anew. Those with a
 * block were claimed before they were written; empty ones have none.
 */
async function removeStrays(
  sink: FolderSink,
  entries: readonly ManifestEntry[],
  { complete, blocks, notes }: ClaimedFiles,
): Promise<void> {
  const wanted = new Set(entries.map(({ path }) => path));
  for (const [file, { path, sizeBytes }] of entries.entries()) {
    if (complete.has(file) || notes.parts.has(file) || !sink.whole.isOfItsKind(file)) continue;
    // One of that name that was sent is no temporary one.
    if (!(blocks.has(file) || sizeBytes === 0) || wanted.has(`${path}.part`)) continue;
    const part = (await sink.whole.earlierPaths(file).catch(() => null))?.part;
    if (part !== undefined) await removeOwn(part, sizeBytes);
  }
}

/**
 * The same where the transfer ends before anybody looked what is complete: small files that have no name yet leave no temporary
 * one behind.
 */
export async function removeUnnamed(sink: FolderSink, entries: readonly ManifestEntry[]): Promise<void> {
  const wanted = new Set(entries.map(({ path }) => path));
  for (const [file, { path, sizeBytes }] of entries.entries()) {
    if (!sink.whole.isOfItsKind(file) || wanted.has(`${path}.part`)) continue;
    const paths = await sink.whole.earlierPaths(file).catch(() => null);
    if (paths === null) continue;
    const isNamed = await lstat(paths.named).then(
      () => true,
      () => false,
    );
    if (!isNamed) await removeOwn(paths.part, sizeBytes);
  }
}

/** Removes what can be a temporary file of ours: a file of its own, no longer than it was to become. */
async function removeOwn(part: string, sizeBytes: number): Promise<void> {
  const info = await lstat(part).catch(() => null);
  if (info?.isFile() === true && info.nlink === 1 && info.size <= sizeBytes)
    await unlink(part).catch(() => undefined);
}

interface Claim {
  digests: Digests;
  sizeBytes: number;
  digest: Digest;
}

/** Whether a small file, of which there is only word that it was about to be written, got its name before the end came. */
async function isWholeThere(sink: FolderSink, file: number, claim: Claim): Promise<boolean> {
  const paths = await sink.whole.earlierPaths(file).catch(() => null);
  const info = paths === null ? null : await lstat(paths.named).catch(() => null);
  if (paths === null || info?.size !== claim.sizeBytes) return false;
  if (countOf(await goodBlocks(paths.named, claim)) === 0) return false;
  if (await isNamed(paths.part, paths.named, claim.sizeBytes))
    await unlink(paths.part).catch(() => undefined);
  return true;
}

/** What is there of one file, under its temporary name or, where the end came while it was named, its final one. */
async function foundOf(
  folder: string | null,
  { parts, namings }: EarlierSink,
  file: number,
  claim: Claim,
): Promise<{ found: Digests; isNamed: boolean }> {
  const [part, named] = [parts.get(file), namings.get(file)];
  if (folder === null || part === undefined) return { found: [], isNamed: false };
  const partPath = join(folder, part);
  if (named !== undefined && (await isNamed(partPath, join(folder, named), claim.sizeBytes))) {
    const found = await goodBlocks(join(folder, named), claim);
    if (countOf(found) === blockCount(claim.sizeBytes)) {
      await unlink(partPath).catch(() => undefined);
      return { found, isNamed: true };
    }
  }
  return { found: await goodBlocks(partPath, claim), isNamed: false };
}

/** Whether a file has its name already: it is the temporary file itself, or that is gone. */
async function isNamed(partPath: string, namedPath: string, sizeBytes: number): Promise<boolean> {
  const [part, named] = await Promise.all(
    [partPath, namedPath].map((path) => lstat(path, { bigint: true }).catch(() => null)),
  );
  if (!named?.isFile() || named.size !== BigInt(sizeBytes)) return false;
  return !part || (part.ino === named.ino && part.dev === named.dev);
}

async function goodBlocks(path: string, { digests, sizeBytes, digest }: Claim): Promise<Digests> {
  const good: (Uint8Array | undefined)[] = [];
  // A link under the temporary name is not ours, wherever it leads.
  const info = await lstat(path).catch(() => null);
  const file = info?.isFile() ? await open(path, 'r').catch(() => null) : null;
  if (!file) return good;
  const buffer = new Uint8Array(BLOCK_BYTES);
  try {
    for (const [block, claimed] of digests.entries()) {
      if (!claimed) continue;
      const length = blockLength(sizeBytes, block);
      const { bytesRead } = await file.read(buffer, 0, length, block * BLOCK_BYTES);
      if (bytesRead === length && isSameDigest(await digest(buffer.subarray(0, length)), claimed))
        good[block] = claimed;
    }
  } catch {
    // What can't be read is fetched again.
  } finally {
    await file.close();
  }
  return good;
}

function countOf(digests: Digests): number {
  return digests.reduce((count, digest) => count + (digest ? 1 : 0), 0);
}
