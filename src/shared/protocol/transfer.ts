import { z } from 'zod';
import { Failure } from '../errors';
import { RandomId } from '../ids';

/** The feature that files go by. */
export const TRANSFERS_FEATURE = 'transfers';

/** Entries in one offer, in all and in one message; the full list is shown before anything is accepted. */
export const MAX_ENTRIES = 100_000;
export const MAX_ENTRIES_PER_MESSAGE = 200;
/** Largest file, in bytes: what a JavaScript number counts exactly. */
export const MAX_FILE_BYTES = Number.MAX_SAFE_INTEGER;
/** Longest relative path, in UTF-16 code units, as PATH_MAX on Linux. */
export const MAX_PATH_LENGTH = 4096;

/** Farthest time from 1970 that JavaScript has, in ms (ECMAScript, Time Values). */
const MAX_TIME_MS = 8.64e15;
/** When a file was last changed, in ms since 1970; before that it is negative. */
export const ModifiedMs = z.int().min(-MAX_TIME_MS).max(MAX_TIME_MS);

/** One file or folder of an offer. `path` is relative, with `/` between names. */
export const ManifestEntry = z.object({
  kind: z.enum(['file', 'folder']),
  path: z.string().min(1).max(MAX_PATH_LENGTH),
  sizeBytes: z.int().min(0).max(MAX_FILE_BYTES),
  modifiedMs: ModifiedMs.optional(),
  /** The sender's user may run it. */
  isExecutable: z.boolean().optional(),
});
export type ManifestEntry = z.infer<typeof ManifestEntry>;

/** How a sender may hash its blocks. A newer build may know more, so an offer may name another one. */
export const BlockDigest = z.enum(['sha-256']);
export type BlockDigest = z.infer<typeof BlockDigest>;

/** Blocks `[from, to)` of a file that the receiver has, verified. */
const BlockRange = z.tuple([z.int().min(0), z.int().min(0)]);

/** A file that is another one at the sender now. */
export const FileChange = z.object({
  file: z.int().min(0),
  sizeBytes: z.int().min(0).max(MAX_FILE_BYTES),
  modifiedMs: ModifiedMs,
});
export type FileChange = z.infer<typeof FileChange>;

/** Addresses in one lane offer; a machine with more has them for containers. */
const MAX_LANE_ADDRESSES = 16;
const Hex64 = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * One side's half of a LAN lane: the certificate it will show, and, where it listens, where and for which token. Said on
 * in every new session, and again when a lane that was up is gone.
 */
export const LaneOffer = z.object({
  type: z.literal('lane-offer'),
  /** SHA-256 of the certificate, the same throughout a session. */
  fingerprint: Hex64,
  /** What the dialer shows that it was told; good for one connection. */
  token: Hex64,
  /** IPv4 and IPv6 addresses, likely ones first; empty where this side does not listen. */
  addresses: z.array(z.string().min(2).max(45)).max(MAX_LANE_ADDRESSES),
  port: z.int().min(0).max(65_535),
});
export type LaneOffer = z.infer<typeof LaneOffer>;

/** What sender and receiver of a transfer say to each other beside the bytes. PROTOCOL.md draws the sequence. */
export const TransferMessage = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('offer'),
    transferId: RandomId,
    /** Names the transfer in packets; unique among the sender's transfers in this session. */
    streamNo: z.int().min(1).max(0xffff_ffff),
    entryCount: z.int().min(1).max(MAX_ENTRIES),
    totalBytes: z.int().min(0).max(MAX_FILE_BYTES),
    /** A `BlockDigest`, or one that this build doesn't know: the offer is declined then, and the session goes on. */
    digest: z.string().regex(/^[a-z0-9-]{1,32}$/),
  }),
  z.object({
    type: z.literal('offer-entries'),
    transferId: RandomId,
    entries: z.array(ManifestEntry).min(1).max(MAX_ENTRIES_PER_MESSAGE),
  }),
  z.object({ type: z.literal('accept'), transferId: RandomId, creditBytes: z.int().min(0) }),
  z.object({ type: z.literal('decline'), transferId: RandomId, failure: Failure }),
  /** How far the sender may go, and which blocks are on disk, so that it knows what a lane that dies has lost. */
  z.object({
    type: z.literal('credit'),
    transferId: RandomId,
    /** Bytes of file content that may have been sent in all since `accept` or the last `resume`. */
    creditBytes: z.int().min(0),
    /** Blocks not told of before, numbered through the whole manifest. */
    received: z.array(BlockRange).max(512).default([]),
  }),
  z.object({
    type: z.literal('file-digests'),
    transferId: RandomId,
    digests: z
      .array(z.object({ file: z.int().min(0), digest: z.string().regex(/^[0-9a-f]{64}$/) }))
      .min(1)
      .max(1000),
  }),
  /** A block came damaged; it is dropped, counts towards no credit, and has to be sent once more. */
  z.object({
    type: z.literal('refetch'),
    transferId: RandomId,
    file: z.int().min(0).max(MAX_ENTRIES),
    block: z.int().min(0),
  }),
  /**
   * When there is a lane after there was none, and where a whole file came damaged: what the receiver has; everything else
   * is sent again.
   */
  z.object({
    type: z.literal('resume'),
    transferId: RandomId,
    /** Every entry before this index is complete. */
    completeBefore: z.int().min(0).max(MAX_ENTRIES),
    partial: z.array(z.object({ file: z.int().min(0), ranges: z.array(BlockRange).max(4096) })).max(256),
    creditBytes: z.int().min(0),
    /** That of the last `ready` since there was a lane. */
    round: z.int().min(0).optional(),
  }),
  /**
   * The sender can go on, in a new session, with a first lane or after a pause, and asks the receiver for its `resume`. That
   * names `round`, too: what the sender said before this message has been heeded then.
   */
  z.object({ type: z.literal('ready'), transferId: RandomId, round: z.int().min(0) }),
  /** Either side holds the transfer; `failure` where it is not its person but, say, a full disk. */
  z.object({ type: z.literal('pause'), transferId: RandomId, failure: Failure.optional() }),
  /** These files are others now than in the offer, so what was sent of them is void. */
  z.object({
    type: z.literal('files-changed'),
    transferId: RandomId,
    files: z.array(FileChange).min(1).max(MAX_ENTRIES_PER_MESSAGE),
  }),
  /** These files can't be had any more; the others go on. */
  z.object({
    type: z.literal('files-failed'),
    transferId: RandomId,
    files: z
      .array(z.object({ file: z.int().min(0), failure: Failure }))
      .min(1)
      .max(MAX_ENTRIES_PER_MESSAGE),
  }),
  z.object({ type: z.literal('done'), transferId: RandomId }),
  z.object({ type: z.literal('cancel'), transferId: RandomId }),
  z.object({ type: z.literal('fail'), transferId: RandomId, failure: Failure }),
]);
export type TransferMessage = z.infer<typeof TransferMessage>;

/** A message about a transfer, without saying which. */
export type Unaddressed = TransferMessage extends infer M
  ? M extends { transferId: string }
    ? Omit<M, 'transferId'>
    : never
  : never;

/** What the engines of two backends say to each other: about one transfer, or about the lanes that all of them share. */
export const EngineMessage = z.discriminatedUnion('type', [TransferMessage, LaneOffer]);
export type EngineMessage = z.infer<typeof EngineMessage>;
