/** Longest name in bytes of UTF-8 on the disks we write to: NAME_MAX of ext4 and APFS (NTFS: 255 UTF-16 units, which is no less). */
export const MAX_NAME_BYTES = 255;
/** What people call an extension: after the last dot, short and without spaces. `1. 가나다` has none. */
const EXTENSION = /(?<=.)\.[^.\s]{1,16}$/u;

/**
 * The name to try when `name` was taken `attempt` times: `photo (1).jpg`; 0 gives the name itself. Shortens the stem
 * where the number would make the name longer than a disk takes.
 */
export function numberedName(name: string, attempt: number, maxBytes = MAX_NAME_BYTES): string {
  const suffix = attempt === 0 ? '' : ` (${String(attempt)})`;
  const extension = EXTENSION.exec(name)?.[0] ?? '';
  const stem = name.slice(0, name.length - extension.length);
  return shortenedTo(stem, maxBytes - byteLength(suffix + extension)) + suffix + extension;
}

/** The temporary name of a file under way: `photo.jpg.part`. */
export function partName(name: string, attempt: number): string {
  const suffix = attempt === 0 ? '.part' : ` (${String(attempt)}).part`;
  return shortenedTo(name, MAX_NAME_BYTES - suffix.length) + suffix;
}

/** As many whole characters of `text` as fit into `maxBytes` of UTF-8. */
function shortenedTo(text: string, maxBytes: number): string {
  if (byteLength(text) <= maxBytes) return text;
  let bytes = 0;
  let result = '';
  for (const character of text) {
    bytes += byteLength(character);
    if (bytes > maxBytes) break;
    result += character;
  }
  return result;
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
