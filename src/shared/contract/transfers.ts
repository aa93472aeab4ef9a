import { z } from 'zod';
import { DeviceId } from '../device';
import { Failure } from '../errors';
import { RandomId } from '../ids';
import { folderPath, none, sessionRef, transferRef } from './common';
import {
  MAX_ENTRIES,
  ManifestEntry,
  MAX_FILE_BYTES,
  MAX_PATH_LENGTH,
  ModifiedMs,
} from '../protocol/transfer';

/** Names a page's `File` towards the backend; the page keeps the file and reads it when asked. */
const SourceId = z.string().min(1).max(64);

/**
 * Why something that was chosen or offered is left out, while the rest goes.
 * - `link`, `special`: a link, which may lead anywhere; a device, pipe or socket
 * - `unreadable`: a file or folder that this user may not read
 * - `name`: a name that is unsafe on any disk, or no text
 * - `sizeless`: a file whose size is only known when it has been read
 */
export const LeftOutReason = z.enum(['link', 'special', 'unreadable', 'name', 'sizeless']);
export type LeftOutReason = z.infer<typeof LeftOutReason>;

/**
 * One thing a person dropped or picked.
 * - `page-file`, `page-folder`: the page holds it; `path` is relative, folders first
 * - `path-token`: a path that the preload registered for a `File`; the backend reads it, and walks it where it is a folder
 * - `left-out`: what the page could not take, while the rest goes
 */
export const OfferItem = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('page-file'),
    sourceId: SourceId,
    path: z.string().min(1).max(MAX_PATH_LENGTH),
    sizeBytes: z.int().min(0).max(MAX_FILE_BYTES),
    modifiedMs: ModifiedMs,
  }),
  z.object({ kind: z.literal('page-folder'), path: z.string().min(1).max(MAX_PATH_LENGTH) }),
  z.object({ kind: z.literal('path-token'), token: RandomId, path: z.string().min(1).max(MAX_PATH_LENGTH) }),
  z.object({
    kind: z.literal('left-out'),
    reason: LeftOutReason,
    path: z.string().min(1).max(MAX_PATH_LENGTH),
  }),
]);
export type OfferItem = z.infer<typeof OfferItem>;

/**
 * Where a transfer stands.
 * - `preparing`: the sender's folders are being read
 * - `offered`: the receiver has been asked
 * - `incoming`: this side has been asked and has not answered
 * - `active`: bytes move
 * - `waiting`: for a lane, or for the next session with the same device; goes on when it is there
 * - `paused`: held by a person on either side (`pausedBy`), or by what `failure` names, such as a full disk
 * - `done`, `declined`, `cancelled`, `failed`: over
 */
const TransferPhase = z.enum([
  'preparing',
  'offered',
  'incoming',
  'active',
  'waiting',
  'paused',
  'done',
  'declined',
  'cancelled',
  'failed',
]);

/** What is left out for one reason: how much, and the first five of it. */
export const LeftOut = z.object({
  reason: LeftOutReason,
  count: z.int().min(1),
  names: z.array(z.string()).max(5),
});
export type LeftOut = z.infer<typeof LeftOut>;

/** Files and folders that get other names than they were sent with, as the disk can't have those: how many, and the first five. */
export const Renamed = z.object({
  count: z.int().min(0),
  examples: z.array(z.object({ from: z.string(), to: z.string() })).max(5),
});
export type Renamed = z.infer<typeof Renamed>;

/** `lan`: straight between the two backends; `data-channel`: over the link of the two pages. */
export const LaneKind = z.enum(['lan', 'data-channel']);
export type LaneKind = z.infer<typeof LaneKind>;

/** A transfer as the page shows it. Sizes in bytes, times in ms since the epoch. */
export const TransferView = z.object({
  transferId: RandomId,
  sessionId: RandomId,
  peerName: z.string(),
  /** Whose picture stands beside the name; `null` for a device that is not known. */
  peerId: DeviceId.nullable().default(null),
  direction: z.enum(['send', 'receive']),
  phase: TransferPhase,
  /** First path segments of the offer's top-level entries, at most five. */
  rootNames: z.array(z.string()).max(5),
  /** How many of these there are in all. A history of earlier versions doesn't say. */
  rootCount: z.int().min(0).default(0),
  /** It is one folder, with what is in it. */
  isFolder: z.boolean().default(false),
  fileCount: z.int(),
  folderCount: z.int(),
  totalBytes: z.number(),
  doneBytes: z.number(),
  doneFiles: z.int(),
  /** Mean of the last seconds; 0 when nothing moves. */
  bytesPerSecond: z.number(),
  /** `null` where it can't be told. */
  secondsLeft: z.number().nullable(),
  /** What carries the bytes at present; empty while none move. */
  laneKinds: z.array(LaneKind).max(2),
  /** The person moved it to the front: the others send what it leaves. */
  isFirst: z.boolean(),
  /** Who ended a `cancelled` transfer. */
  endedBy: z.enum(['me', 'peer']).nullable(),
  /** Who holds a `paused` transfer. */
  pausedBy: z.enum(['me', 'peer']).nullable(),
  failure: Failure.nullable(),
  /** Folder that received files go to. */
  dir: z.string().nullable(),
  canReveal: z.boolean(),
  /** `transfers:retry` means something: a full disk can be tried again, or the same paths offered once more. */
  canRetry: z.boolean(),
  /** What of it does not go, while the rest does. */
  leftOut: z.array(LeftOut).max(LeftOutReason.options.length),
  /** What has another name here, once it is accepted. */
  renamed: Renamed,
  /** Names of files that changed at the sender on the way and so started over, at most 20. */
  restartedFiles: z.array(z.string()).max(20),
  /** Files that could not be had: how many, and the first 20. */
  failedCount: z.int(),
  failedFiles: z.array(z.object({ path: z.string(), failure: Failure })).max(20),
  /** Blocks that came damaged, or were damaged or gone on disk after a restart, and were fetched again. */
  lostBlocks: z.int(),
  startedMs: z.number(),
  endedMs: z.number().nullable(),
});
export type TransferView = z.infer<typeof TransferView>;

/** What is new of the transfers: those that came or changed, and the ids of those that are no longer listed. */
export const TransferChange = z.object({ changed: z.array(TransferView), gone: z.array(RandomId) });
export type TransferChange = z.infer<typeof TransferChange>;

/** The transfers after a change, newest first. Those that did not change stay the same objects, and so do equal parts of others. */
export function transfersAfter(
  before: readonly TransferView[],
  { changed, gone }: TransferChange,
): TransferView[] {
  const byId = new Map(before.map((transfer) => [transfer.transferId, transfer]));
  for (const transfer of changed) {
    const old = byId.get(transfer.transferId);
    byId.set(transfer.transferId, old ? { ...transfer, ...equalParts(old, transfer) } : transfer);
  }
  for (const transferId of gone) byId.delete(transferId);
  return [...byId.values()].sort((a, b) => b.startedMs - a.startedMs);
}

/** The lists and objects of `before` that are the same in `after`: whoever shows one need not look at it again. */
function equalParts(before: TransferView, after: TransferView): Partial<TransferView> {
  const parts = Object.entries(before).filter(
    ([key, part]) =>
      typeof part === 'object' && JSON.stringify(part) === JSON.stringify(after[key as keyof TransferView]),
  );
  return Object.fromEntries(parts);
}

/** A page of a transfer's full list. */
const EntryPage = z.object({
  total: z.int().max(MAX_ENTRIES),
  entries: z.array(ManifestEntry).max(500),
});
type EntryPage = z.infer<typeof EntryPage>;

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

/** Most parts that one read may ask for. */
export const MAX_READ_PARTS = 128;

/** One read of a page's `File`s, for lanes of the backend's. */
export const SourceRead = z.object({
  jobId: z.int().min(0),
  parts: z
    .array(z.object({ sourceId: SourceId, offsetBytes: z.number().min(0), lengthBytes: z.int().min(1) }))
    .min(1)
    .max(MAX_READ_PARTS),
});
export type SourceRead = z.infer<typeof SourceRead>;

/** The bytes of a read, all parts in a row, or why there are none. */
export const SourceBytes = z.object({
  jobId: z.int().min(0),
  bytes: z.instanceof(Uint8Array).optional(),
  failure: Failure.optional(),
});
export type SourceBytes = z.infer<typeof SourceBytes>;

const LaneId = z.string().min(1).max(64);

export const transferRequests = {
  /** A lane of this page can carry packets of the session's transfers, each at most `maxPacketBytes` long. */
  'lanes:open': {
    args: sessionRef.extend({
      laneId: LaneId,
      maxPacketBytes: z
        .int()
        .min(1024)
        .max(16 * 1024 * 1024),
    }),
    result: none,
  },
  'lanes:close': { args: z.object({ laneId: LaneId }), result: none },
  'lanes:blockSent': { args: BlockReport, result: none },
  /** A packet that arrived on the lane; resolves when the engine has taken it. */
  'lanes:packet': { args: z.object({ laneId: LaneId, bytes: z.instanceof(Uint8Array) }), result: none },

  /**
   * How fast a session's LAN lane may go while media run beside it, in bytes a second; `null` for no limit. Holds until the page
   * says otherwise or goes away. Gives what files have gone over that lane so far.
   */
  'lanes:pace': {
    args: sessionRef.extend({ bytesPerSecond: z.int().min(1).nullable() }),
    result: z.object({ sentBytes: z.number() }),
  },

  /** What a `sources:read` asked for. */
  'sources:bytes': { args: SourceBytes, result: none },

  /** How much is in a folder that a token stands for; fails with `unknown-source`, or as reading it does. */
  'transfers:measure': {
    args: z.object({ token: RandomId, path: z.string().min(1).max(MAX_PATH_LENGTH) }),
    result: z.object({ fileCount: z.int(), totalBytes: z.number() }),
  },
  'transfers:offer': {
    args: sessionRef.extend({ items: z.array(OfferItem).min(1).max(100_000) }),
    result: transferRef,
  },
  /** Accepts into `dir`, or into the downloads folder. */
  /**
   * What accepting into a folder would mean: its room, and what its disk can't name as it was sent. Fails as `folders:check` does, and
   * with `file-too-large`.
   */
  'transfers:preview': {
    args: transferRef.extend({ dir: folderPath }),
    result: z.object({ freeBytes: z.number(), renamed: Renamed }),
  },
  'transfers:accept': { args: transferRef.extend({ dir: folderPath.optional() }), result: none },
  'transfers:decline': { args: transferRef, result: none },
  'transfers:cancel': { args: transferRef, result: none },
  /** Holds a transfer, over lost sessions and restarts too, until `transfers:resume`. */
  'transfers:pause': { args: transferRef, result: none },
  'transfers:resume': { args: transferRef, result: none },
  /**
   * Tries again what stands in the way of a paused transfer; offers the paths of one that is over once more, which is a
   * new transfer. Fails with `not-allowed` where there is nothing to try, `unknown-session` without a session.
   */
  'transfers:retry': { args: transferRef, result: transferRef },
  'transfers:pauseAll': { args: none, result: none },
  'transfers:resumeAll': { args: none, result: none },
  'transfers:cancelAll': { args: none, result: none },
  /** Sends this one before the others, for as long as it lasts. */
  'transfers:moveToFront': { args: transferRef, result: none },
  /** Finished transfers of this and earlier starts whose names, or whose peer's, have `query` in them; newest first. */
  'transfers:history': {
    args: z.object({ query: z.string().max(255), from: z.int().min(0), count: z.int().min(1).max(100) }),
    result: z.object({ total: z.int(), transfers: z.array(TransferView).max(100) }),
  },
  /** Forgets finished transfers; files stay. */
  'transfers:clear': { args: none, result: none },
  /** Forgets one that is over, in the list and in the history; its files stay. */
  'transfers:forget': { args: transferRef, result: none },
  'transfers:entries': {
    args: transferRef.extend({ from: z.int().min(0), count: z.int().min(1).max(500) }),
    result: EntryPage,
  },
  'transfers:reveal': { args: transferRef, result: none },
  /**
   * A received picture of its own, at most `MAX_PICTURE_BYTES` long. Fails with `not-allowed` for other transfers, and as reading does.
   */
  'transfers:picture': { args: transferRef, result: z.object({ bytes: z.instanceof(Uint8Array) }) },
} as const;

export const transferEvents = {
  'lanes:sendBlock': BlockOrder,
  /** Bytes of the page's own `File` that go over a lane of the backend's. */
  'sources:read': SourceRead,
  /** What is new of the transfers; four times a second at most. */
  'transfers:changed': TransferChange,
} as const;
