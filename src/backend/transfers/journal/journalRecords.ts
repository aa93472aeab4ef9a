import { z } from 'zod';
import { Failure } from '../../../shared/errors';
import { parseJson } from '../../../shared/parseJson';
import { MAX_FILE_BYTES, ModifiedMs } from '../../../shared/protocol/transfer';

const DIGEST_BYTES = 32;
/** Kind, file, block, digest. */
const BLOCK_BYTES = 1 + 4 + 4 + DIGEST_BYTES;
const COMPLETE_BYTES = 1 + 4;
const KIND_BLOCK = 1;
const KIND_COMPLETE = 2;
const KIND_NOTE = 3;

const FileNumber = z.int().min(0);

/** What is noted of a transfer beside blocks and complete entries. */
const Note = z.discriminatedUnion('type', [
  /** A top-level folder of the manifest has this name on disk. */
  z.object({ type: z.literal('folder'), root: z.string(), name: z.string() }),
  /** A file is being received under this temporary name. */
  z.object({ type: z.literal('part'), file: FileNumber, name: z.string() }),
  /** A file was about to get this name. */
  z.object({ type: z.literal('naming'), file: FileNumber, name: z.string() }),
  z.object({
    type: z.literal('changed'),
    file: FileNumber,
    sizeBytes: z.int().min(0).max(MAX_FILE_BYTES),
    modifiedMs: ModifiedMs,
  }),
  z.object({ type: z.literal('failed'), file: FileNumber, failure: Failure }),
  /** What was noted of a file's blocks is void. */
  z.object({ type: z.literal('dropped'), file: FileNumber }),
  z.object({ type: z.literal('held'), isHeld: z.boolean() }),
  z.object({ type: z.literal('accepted') }),
]);
type Note = z.infer<typeof Note>;

export type JournalRecord =
  | { type: 'block'; file: number; block: number; digest: Uint8Array }
  | { type: 'complete'; file: number }
  | Note;

/** A record as bytes: small and fixed for what there is much of, JSON for the rest. */
export function encodeRecord(record: JournalRecord): Uint8Array {
  if (record.type === 'block') {
    const bytes = new Uint8Array(BLOCK_BYTES);
    const view = new DataView(bytes.buffer);
    view.setUint8(0, KIND_BLOCK);
    view.setUint32(1, record.file);
    view.setUint32(5, record.block);
    bytes.set(record.digest, 9);
    return bytes;
  }
  if (record.type === 'complete') {
    const bytes = new Uint8Array(COMPLETE_BYTES);
    const view = new DataView(bytes.buffer);
    view.setUint8(0, KIND_COMPLETE);
    view.setUint32(1, record.file);
    return bytes;
  }
  const json = new TextEncoder().encode(JSON.stringify(record));
  const bytes = new Uint8Array(1 + json.length);
  bytes[0] = KIND_NOTE;
  bytes.set(json, 1);
  return bytes;
}

/** A record from its bytes; `null` for one that another version wrote. */
export function decodeRecord(bytes: Uint8Array): JournalRecord | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes[0] === KIND_BLOCK && bytes.length === BLOCK_BYTES) {
    return { type: 'block', file: view.getUint32(1), block: view.getUint32(5), digest: bytes.slice(9) };
  }
  if (bytes[0] === KIND_COMPLETE && bytes.length === COMPLETE_BYTES)
    return { type: 'complete', file: view.getUint32(1) };
  if (bytes[0] !== KIND_NOTE) return null;
  return parseJson(Note, new TextDecoder().decode(bytes.subarray(1)));
}
