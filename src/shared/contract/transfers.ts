import { z } from 'zod';
import { Failure } from '../errors';
import { RandomId } from '../ids';
import { MAX_ENTRIES, ManifestEntry, MAX_FILE_BYTES, MAX_PATH_LENGTH } from '../protocol/transfer';

/** Names a page's `File` towards the backend; the page keeps the file and reads it when asked. */
const SourceId = z.string().min(1).max(64);

/**
 * One thing a person dropped or picked.
 * - `page-file`, `page-folder`: the page holds it; `path` is relative, folders first
 * - `path-token`: a path that the preload registered for a `File`; the backend reads it, and walks it where it is a folder
 */
export const OfferItem = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('page-file'),
    sourceId: SourceId,
    path: z.string().min(1).max(MAX_PATH_LENGTH),
    sizeBytes: z.int().min(0).max(MAX_FILE_BYTES),
    modifiedMs: z.int().min(0).max(8.64e15),
  }),
  z.object({ kind: z.literal('page-folder'), path: z.string().min(1).max(MAX_PATH_LENGTH) }),
  z.object({ kind: z.literal('path-token'), token: RandomId, path: z.string().min(1).max(MAX_PATH_LENGTH) }),
]);
export type OfferItem = z.infer<typeof OfferItem>;

/**
 * Where a transfer stands.
 * - `preparing`: the sender's folders are being read
 * - `offered`: the receiver has been asked
 * - `incoming`: this side has been asked and has not answered
 * - `active`: bytes move
 * - `waiting`: the link is down; goes on when it is back
 * - `done`, `declined`, `cancelled`, `failed`: over
 */
export const TransferPhase = z.enum([
  'preparing',
  'offered',
  'incoming',
  'active',
  'waiting',
  'done',
  'declined',
  'cancelled',
  'failed',
]);
export type TransferPhase = z.infer<typeof TransferPhase>;

/** A transfer as the page shows it. Sizes in bytes, times in ms since the epoch. */
export const TransferView = z.object({
  transferId: RandomId,
  sessionId: RandomId,
  peerName: z.string(),
  direction: z.enum(['send', 'receive']),
  phase: TransferPhase,
  /** First path segments of the offer's top-level entries, at most five. */
  rootNames: z.array(z.string()).max(5),
  fileCount: z.int(),
  folderCount: z.int(),
  totalBytes: z.number(),
  doneBytes: z.number(),
  doneFiles: z.int(),
  /** Mean of the last seconds; 0 when nothing moves. */
  bytesPerSecond: z.number(),
  /** `null` where it can't be told. */
  secondsLeft: z.number().nullable(),
  /** Who ended a `cancelled` transfer. */
  endedBy: z.enum(['me', 'peer']).nullable(),
  failure: Failure.nullable(),
  /** Folder that received files go to. */
  dir: z.string().nullable(),
  canReveal: z.boolean(),
  startedMs: z.number(),
  endedMs: z.number().nullable(),
});
export type TransferView = z.infer<typeof TransferView>;

/** A page of a transfer's full list. */
export const EntryPage = z.object({
  total: z.int().max(MAX_ENTRIES),
  entries: z.array(ManifestEntry).max(500),
});
export type EntryPage = z.infer<typeof EntryPage>;

/**
 * One block for the page's lane to send. Exactly one of `bytes` and `source` is there: a block of a path comes with
 * its bytes, a block of a page's `File` is read by the page.
 */
export const BlockOrder = z.object({
  jobId: z.int().min(0),
  laneId: z.string().min(1).max(64),
  streamNo: z.int(),
  fileIndex: z.int(),
  blockIndex: z.int(),
  bytes: z.instanceof(Uint8Array).optional(),
  /** SHA-256 of `bytes`, in hex; the page hashes what it reads itself. */
  digest: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  source: z
    .object({ sourceId: SourceId, offsetBytes: z.number().min(0), lengthBytes: z.int().min(1) })
    .optional(),
});
export type BlockOrder = z.infer<typeof BlockOrder>;

/** What became of a block order: its SHA-256 when it was handed to the lane, or why it wasn't. */
export const BlockReport = z.object({
  jobId: z.int().min(0),
  laneId: z.string().min(1).max(64),
  digest: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  failure: Failure.optional(),
});
export type BlockReport = z.infer<typeof BlockReport>;
