import { type ErrorCode, HitherError } from '../../../shared/errors';
import { errnoOf } from './errnoOf';

const WRITE_CODES: Record<string, ErrorCode> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EFBIG: 'file-too-large',
  EROFS: 'folder-read-only',
  EACCES: 'folder-read-only',
  EPERM: 'folder-read-only',
  ENOENT: 'folder-missing',
  ENOTDIR: 'folder-missing',
};

const READ_CODES: Record<string, ErrorCode> = {
  ENOENT: 'source-missing',
  ENOTDIR: 'source-missing',
  EACCES: 'source-unreadable',
  EPERM: 'source-unreadable',
};

/** What a failed write means to a person. `name` is the file or folder to tell of. */
export function writeError(error: unknown, name: string): HitherError {
  if (error instanceof HitherError) return error;
  return new HitherError(WRITE_CODES[errnoOf(error)] ?? 'disk-error', { name, errno: errnoOf(error) }, error);
}

/** What a failed read means to a person. */
export function readError(error: unknown, name: string): HitherError {
  if (error instanceof HitherError) return error;
  return new HitherError(
    READ_CODES[errnoOf(error)] ?? 'source-unreadable',
    { name, errno: errnoOf(error) },
    error,
  );
}
