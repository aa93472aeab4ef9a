import type { FileAccess } from '../../ports';
import type { PathTokens } from './PathTokens';

/**
 * How much a folder has that a page holds a token of, so that a request can say it before the folder is offered.
 * @throws HitherError `unknown-source`, or where the folder can't be read
 */
export async function measure(
  { token, path }: { token: string; path: string },
  tokens: PathTokens,
  files: Pick<FileAccess, 'walk'>,
): Promise<{ fileCount: number; totalBytes: number }> {
  const { entries } = await files.walk(tokens.pathOf(token), path);
  const found = entries.filter(({ entry }) => entry.kind === 'file');
  return {
    fileCount: found.length,
    totalBytes: found.reduce((sum, { entry }) => sum + entry.sizeBytes, 0),
  };
}
