/** Elements of WebM (Matroska) that stand before the pictures, by their ids as they are written. */
const EBML = 0x1a45dfa3;
const SEGMENT = 0x18538067;
const INFO = 0x1549a966;
const DURATION = 0x4489;
const VOID = 0xec;
/** An element with a double in it: two bytes of id, one of size, eight of number. */
const ROOM_BYTES = 11;

interface Element {
  id: number;
  /** Where its content begins. */
  contentAt: number;
  /** Of its content; `null` for one that ends where the file does. */
  sizeBytes: number | null;
  sizeAt: number;
}

/**
 * Makes room for the duration at the beginning of a WebM file, which a browser that writes it while it goes on can't know; what stands in it
 * until then is skipped by every reader.
 * @param head the first bytes of the file
 * @returns them with the room, and where in the file that is; `roomAt` is `null` and the bytes are the same where they are no such beginning
 */
export function withDurationRoom(head: Uint8Array): { bytes: Uint8Array; roomAt: number | null } {
  const none = { bytes: head, roomAt: null };
  const ebml = elementAt(head, 0);
  if (ebml?.id !== EBML || ebml.sizeBytes === null) return none;
  const segment = elementAt(head, ebml.contentAt + ebml.sizeBytes);
  // A segment with a size would have to grow by the room, too; browsers can't know it either.
  if (segment?.id !== SEGMENT || segment.sizeBytes !== null) return none;
  const info = elementAt(head, segment.contentAt);
  if (info?.id !== INFO || info.sizeBytes === null) return none;
  const end = info.contentAt + info.sizeBytes;
  if (end > head.length) return none;
  const size = eightByteSize(info.sizeBytes + ROOM_BYTES);
  const room = new Uint8Array(ROOM_BYTES);
  room.set([VOID, 0x80 | (ROOM_BYTES - 2)]);
  const parts = [
    head.subarray(0, info.sizeAt),
    size,
    head.subarray(info.contentAt, end),
    room,
    head.subarray(end),
  ];
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return { bytes, roomAt: info.sizeAt + size.length + info.sizeBytes };
}

/** What takes the room: the duration, in ms, as browsers count in these files. */
export function durationElement(durationMs: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(ROOM_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, DURATION);
  view.setUint8(2, 0x88);
  view.setFloat64(3, durationMs);
  return bytes;
}

function elementAt(bytes: Uint8Array, at: number): Element | null {
  const first = bytes[at];
  if (first === undefined) return null;
  const idLength = Math.clz32(first) - 23;
  const sizeAt = at + idLength;
  const sizeFirst = bytes[sizeAt];
  if (idLength > 4 || sizeFirst === undefined) return null;
  const sizeLength = Math.clz32(sizeFirst) - 23;
  const contentAt = sizeAt + sizeLength;
  if (sizeLength > 8 || contentAt > bytes.length) return null;
  const id = bytes.subarray(at, sizeAt).reduce((sum, byte) => sum * 256 + byte, 0);
  const rest = bytes.subarray(sizeAt + 1, contentAt);
  const marker = 0xff >> sizeLength;
  const isUnknown = (sizeFirst & marker) === marker && rest.every((byte) => byte === 0xff);
  const sizeBytes = rest.reduce((sum, byte) => sum * 256 + byte, sizeFirst & marker);
  return { id, contentAt, sizeBytes: isUnknown ? null : sizeBytes, sizeAt };
}

/** A size of any amount, written in eight bytes. */
function eightByteSize(sizeBytes: number): Uint8Array {
  const bytes = new Uint8Array(8);
  const view = new DataView(bytes.buffer);
  view.setUint32(4, sizeBytes);
  view.setUint8(0, 1);
  return bytes;
}
