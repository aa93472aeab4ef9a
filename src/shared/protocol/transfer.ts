import { z } from 'zod';
import { Failure } from '../errors';
import { RandomId } from '../ids';

/** Entries in one offer, in all and in one message; the full list is shown before anything is accepted. */
export const MAX_ENTRIES = 100_000;
export const MAX_ENTRIES_PER_MESSAGE = 200;
/** Largest file, in bytes: what a JavaScript number counts exactly. */
export const MAX_FILE_BYTES = Number.MAX_SAFE_INTEGER;
/** Longest relative path, in UTF-16 code units, as PATH_MAX on Linux. */
export const MAX_PATH_LENGTH = 4096;

/** One file or folder of an offer. `path` is relative, with `/` between names. */
export const ManifestEntry = z.object({
  kind: z.enum(['file', 'folder']),
  path: z.string().min(1).max(MAX_PATH_LENGTH),
  sizeBytes: z.int().min(0).max(MAX_FILE_BYTES),
  modifiedMs: z.int().min(0).max(8.64e15).optional(),
});
export type ManifestEntry = z.infer<typeof ManifestEntry>;

/** Blocks `[from, to)` of a file that the receiver has, verified. */
const BlockRange = z.tuple([z.int().min(0), z.int().min(0)]);

/** What sender and receiver of a transfer say to each other beside the bytes. PROTOCOL.md draws the sequence. */
export const TransferMessage = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('offer'),
    transferId: RandomId,
    /** Names the transfer in packets; unique among the sender's transfers in this session. */
    streamNo: z.int().min(1).max(0xffff_ffff),
    entryCount: z.int().min(1).max(MAX_ENTRIES),
    totalBytes: z.int().min(0).max(MAX_FILE_BYTES),
  }),
  z.object({
    type: z.literal('offer-entries'),
    transferId: RandomId,
    entries: z.array(ManifestEntry).min(1).max(MAX_ENTRIES_PER_MESSAGE),
  }),
  z.object({ type: z.literal('accept'), transferId: RandomId, creditBytes: z.int().min(0) }),
  z.object({ type: z.literal('decline'), transferId: RandomId, failure: Failure }),
  /** The sender may have sent this many bytes of file content in all since `accept` or the last `resume`. */
  z.object({ type: z.literal('credit'), transferId: RandomId, creditBytes: z.int().min(0) }),
  z.object({
    type: z.literal('file-digests'),
    transferId: RandomId,
    digests: z
      .array(z.object({ file: z.int().min(0), digest: z.string().regex(/^[0-9a-f]{64}$/) }))
      .min(1)
      .max(1000),
  }),
  /** After a new link: what the receiver has; everything else is sent again. */
  z.object({
    type: z.literal('resume'),
    transferId: RandomId,
    /** Every entry before this index is complete. */
    completeBefore: z.int().min(0).max(MAX_ENTRIES),
    partial: z.array(z.object({ file: z.int().min(0), ranges: z.array(BlockRange).max(4096) })).max(256),
    creditBytes: z.int().min(0),
  }),
  z.object({ type: z.literal('done'), transferId: RandomId }),
  z.object({ type: z.literal('cancel'), transferId: RandomId }),
  z.object({ type: z.literal('fail'), transferId: RandomId, failure: Failure }),
]);
export type TransferMessage = z.infer<typeof TransferMessage>;
