import type { UserSource } from './UserSource';

type UserFailure = `${UserSource}-${'denied' | 'missing' | 'busy'}`;

/** What a refusal of `getUserMedia` means. A page without a secure address has no `mediaDevices`: that is a no, too. */
export function userFailureOf(source: UserSource, error: unknown): UserFailure {
  const name = error instanceof DOMException ? error.name : 'NotAllowedError';
  if (name === 'NotAllowedError' || name === 'SecurityError') return `${source}-denied`;
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return `${source}-missing`;
  // NotReadableError and AbortError: it is there and can't be opened, mostly as another program has it.
  return `${source}-busy`;
}
