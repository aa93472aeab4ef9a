/** Longest name in bytes on the file systems we write to. */
const MAX_NAME_BYTES = 255;
/** What people call an extension: after the last dot, short and without spaces. `1. 가나다` has none. */
const EXTENSION = /(?<=.)\.[^.\s]{1,16}$/u;
/** Characters that Windows takes in no name; other systems do, so senders may have them. */
const NOT_ON_WINDOWS = /[<>"|?*]/g;

/** A received name as this platform can hold it. */
export function localName(name: string, platform: NodeJS.Platform): string {
  return platform === 'win32' ? name.replace(NOT_ON_WINDOWS, '_') : name;
}

/**
 * The name to try when `name` was taken `attempt` times: `photo (1).jpg`; 0 gives the name itself. Shortens the stem
 * where the number would make the name longer than a file system takes.
 */
export function numberedName(name: string, attempt: number): string {
  const suffix = attempt === 0 ? '' : ` (${String(attempt)})`;
  const extension = EXTENSION.exec(name)?.[0] ?? '';
  const stem = name.slice(0, name.length - extension.length);
  return shortenedTo(stem, MAX_NAME_BYTES - Buffer.byteLength(suffix + extension)) + suffix + extension;
}

/** The temporary name of a file under way: `photo.jpg.part`. */
export function partName(name: string, attempt: number): string {
  const suffix = attempt === 0 ? '.part' : ` (${String(attempt)}).part`;
  return shortenedTo(name, MAX_NAME_BYTES - suffix.length) + suffix;
}

/** As many whole characters of `text` as fit into `maxBytes` of UTF-8. */
function shortenedTo(text: string, maxBytes: number): string {
  let bytes = 0;
  let result = '';
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > maxBytes) break;
    result += character;
  }
  return result;
}
