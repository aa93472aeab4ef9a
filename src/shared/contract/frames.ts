import { z } from 'zod';
import { type Allocate, freshMemory } from '../memory';
import { parseJson } from '../parseJson';

/**
 * The WebSocket form of the contract. A frame is JSON text; one that carries a `Uint8Array` under the key `bytes` of
 * its body, or of an outcome's value, is binary: a 32-bit big-endian length, that many bytes of JSON without the bytes, then the bytes.
 */
export const Frame = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('request'), id: z.int().min(0), name: z.string().max(64), body: z.unknown() }),
  z.object({ kind: z.literal('outcome'), id: z.int().min(0), body: z.unknown() }),
  z.object({ kind: z.literal('event'), name: z.string().max(64), body: z.unknown() }),
]);
export type Frame = z.infer<typeof Frame>;

const HEADER_BYTES = 4;

/**
 * Encodes a frame for `WebSocket.send`.
 * @param allocate gives the memory of a binary frame; a sender that copies at once, as a browser's does, may give the
 * same memory again and again
 */
export function encodeFrame(
  frame: Frame,
  allocate: Allocate = freshMemory,
): string | Uint8Array<ArrayBuffer> {
  const parts = framePartsOf(frame);
  if (typeof parts === 'string') return parts;
  const { head, bytes } = parts;
  const encoded = allocate(head.length + bytes.length);
  encoded.set(head);
  encoded.set(bytes, head.length);
  return encoded;
}

/** A frame as text, or as the two parts of a binary one, for a sender that need not have them in one piece. */
export function framePartsOf(frame: Frame): string | { head: Uint8Array; bytes: Uint8Array } {
  const holder = holderOf(frame);
  if (!isRecord(holder) || !(holder['bytes'] instanceof Uint8Array)) return JSON.stringify(frame);
  const { bytes, ...rest } = holder as { bytes: Uint8Array };
  return { head: encodeHead(withHolder(frame, rest)), bytes };
}

/** What goes before the bytes in a binary frame, for a sender that has them elsewhere. `frame` is without them. */
export function encodeHead(frame: Frame): Uint8Array<ArrayBuffer> {
  const json = new TextEncoder().encode(JSON.stringify(frame));
  const head = new Uint8Array(HEADER_BYTES + json.length);
  new DataView(head.buffer).setUint32(0, json.length);
  head.set(json, HEADER_BYTES);
  return head;
}

/** Decodes what a WebSocket delivered; `null` where it is no frame. Never throws. `bytes` is a view of `data`. */
export function decodeFrame(data: string | Uint8Array): Frame | null {
  try {
    if (typeof data === 'string') return parseJson(Frame, data);
    const jsonLength = new DataView(data.buffer, data.byteOffset, data.byteLength).getUint32(0);
    const json = new TextDecoder('utf-8', { fatal: true }).decode(
      data.subarray(HEADER_BYTES, HEADER_BYTES + jsonLength),
    );
    const frame = parseJson(Frame, json);
    const holder = frame && holderOf(frame);
    if (!frame || !isRecord(holder)) return null;
    return withHolder(frame, { ...holder, bytes: data.subarray(HEADER_BYTES + jsonLength) });
  } catch {
    return null;
  }
}

/** What `bytes` is a part of. */
function holderOf({ kind, body }: Frame): unknown {
  return kind === 'outcome' && isRecord(body) ? body['value'] : body;
}

function withHolder(frame: Frame, holder: Record<string, unknown>): Frame {
  const isOutcome = frame.kind === 'outcome' && isRecord(frame.body);
  return { ...frame, body: isOutcome ? { ...(frame.body as object), value: holder } : holder };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
