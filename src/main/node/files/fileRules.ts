import { constants } from 'node:fs';

/** More names than any folder holds by chance; past it something else is wrong. */
export const MAX_ATTEMPTS = 10_000;
/** Never opens what is there already, and so never writes through a planted link. */
export const CREATE_NEW = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL;
/** Never waits, as for a named pipe that took a file's place. Windows has neither. */
export const READ_AT_ONCE = constants.O_RDONLY | ((constants as Partial<typeof constants>).O_NONBLOCK ?? 0);
/** Neither waits nor follows a link that took a file's place. Windows has links for administrators alone. */
export const NEVER_BY_LINK = READ_AT_ONCE | ((constants as Partial<typeof constants>).O_NOFOLLOW ?? 0);
/** File systems without hard links answer `link` with one of these. */
export const NO_HARD_LINKS: ReadonlySet<string> = new Set([
  'EPERM',
  'ENOTSUP',
  'EOPNOTSUPP',
  'ENOSYS',
  'EMLINK',
  'EINVAL',
]);

const EXECUTE_BITS = 0o111;
const READ_BITS = 0o444;

/** The mode of a file that the sender's user may run: whoever may read it may run it. */
export function executableMode(mode: number): number {
  return mode | (((mode & READ_BITS) >> 2) & EXECUTE_BITS);
}
