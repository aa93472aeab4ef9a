import { z } from 'zod';
import { isVisible, withoutHidden } from '../hiddenText';
import { MAX_ENTRIES, type ManifestEntry } from './transfer';

/** Names that a request gives of what it wants to send; further ones are counted. */
const MAX_NAMES = 5;
/** Longest of these names, in UTF-16 code units: more than a line holds, so what is cut is not missed. */
const MAX_NAME = 120;
const ELLIPSIS = '…';

/**
 * What two devices may do in a session: everything, or `files`, which is to send each other files and nothing else (the peer link
 * carries their blocks where there is no better way).
 */
export const SessionScope = z.enum(['all', 'files']);
export type SessionScope = z.infer<typeof SessionScope>;

/** What a device that wants to send files says of them before anybody is asked. Claims, which the offer is held against. */
export const FilesPurpose = z.object({
  /** Files in all, those in folders as well. */
  fileCount: z.int().min(0).max(MAX_ENTRIES),
  totalBytes: z.int().min(0),
  /** The first names at the top, as `purposeName` shows them; that of a folder ends with `/`. */
  names: z
    .array(
      z
        .string()
        .max(MAX_NAME * 4)
        .transform(purposeName)
        .refine(isVisible),
    )
    .min(1)
    .max(MAX_NAMES),
});
export type FilesPurpose = z.infer<typeof FilesPurpose>;

/** A name as a request tells it: composed, without what hides in it, and cut in the middle, so that its ending stays. */
function purposeName(name: string): string {
  const shown = withoutHidden(name.normalize('NFC')).normalize('NFC').trim();
  if (shown.length <= MAX_NAME) return shown;
  const half = (MAX_NAME - ELLIPSIS.length) / 2;
  return withoutHidden(shown.slice(0, Math.ceil(half)) + ELLIPSIS + shown.slice(-Math.floor(half)));
}

/** The folder that all of it is in, without its `/`; `null` where there is more than that. */
export function folderOf({ names }: FilesPurpose): string | null {
  const [first = ''] = names;
  return names.length === 1 && first.endsWith('/') ? first.slice(0, -1) : null;
}

/** What is said of files before they are offered; `null` where there is nothing that could be named. */
export function purposeOf(entries: readonly ManifestEntry[]): FilesPurpose | null {
  const files = entries.filter(({ kind }) => kind === 'file');
  const totalBytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return (
    FilesPurpose.safeParse({ fileCount: files.length, totalBytes, names: namesOf(entries) }).data ?? null
  );
}

/** Whether an offer is what was said of it: no other names, and no more files and bytes. */
export function keepsPurpose(entries: readonly ManifestEntry[], purpose: FilesPurpose): boolean {
  const offered = purposeOf(entries);
  return (
    offered !== null &&
    offered.fileCount <= purpose.fileCount &&
    offered.totalBytes <= purpose.totalBytes &&
    offered.names.join('\n') === purpose.names.join('\n')
  );
}

function namesOf(entries: readonly ManifestEntry[]): string[] {
  const names = new Set<string>();
  for (const { kind, path } of entries) {
    const [root = '', ...below] = path.split('/', 2);
    names.add(purposeName(kind === 'folder' || below.length > 0 ? `${root}/` : root));
    if (names.size === MAX_NAMES) break;
  }
  return [...names];
}
