/** The 4 or 16 bytes of an address in text; `null` where it is none. Zones (`%eth0`) mean nothing elsewhere and are none. */
export function addressBytes(text: string): Uint8Array | null {
  return text.includes(':') ? bytesV6(text) : bytesV4(text);
}

/** The text of 4 or 16 bytes; of IPv6 the short form of RFC 5952. */
export function addressText(bytes: Uint8Array): string {
  return bytes.length === 4 ? bytes.join('.') : textV6(bytes);
}

function bytesV4(text: string): Uint8Array | null {
  const parts = text.split('.');
  const isAddress = parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256);
  return isAddress ? Uint8Array.from(parts, Number) : null;
}

function bytesV6(text: string): Uint8Array | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const [before = [], after = []] = halves.map((half) =>
    half === '' ? [] : half.split(':').flatMap(groupsOf),
  );
  const missing = 8 - before.length - after.length;
  // `::` stands for at least one group.
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  const groups = [...before, ...Array<number>(missing).fill(0), ...after];
  if (groups.some(Number.isNaN)) return null;
  return Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 0xff]));
}

/** One group, or two where it is an IPv4 address at the end. */
function groupsOf(text: string): number[] {
  if (/^[0-9a-f]{1,4}$/i.test(text)) return [Number.parseInt(text, 16)];
  const v4 = bytesV4(text);
  if (v4 === null) return [Number.NaN];
  const view = new DataView(v4.buffer);
  return [view.getUint16(0), view.getUint16(2)];
}

function textV6(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const groups = Array.from({ length: 8 }, (_, index) => view.getUint16(index * 2));
  const { start, length } = longestZeros(groups);
  const text = (part: readonly number[]): string => part.map((group) => group.toString(16)).join(':');
  return length < 2 ? text(groups) : `${text(groups.slice(0, start))}::${text(groups.slice(start + length))}`;
}

function longestZeros(groups: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  let run = 0;
  groups.forEach((group, index) => {
    run = group === 0 ? run + 1 : 0;
    if (run > best.length) best = { start: index + 1 - run, length: run };
  });
  return best;
}
