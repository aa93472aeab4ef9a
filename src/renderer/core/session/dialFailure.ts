import { HitherError } from '../../../shared/errors';
import type { EndReason } from '../../../shared/protocol/endReason';

/**
 * Why a session never began, from what dialing failed with: those error codes are end reasons as well. What took too long is
 * unreachable; `timed-out` is a person who did not answer.
 */
export function dialFailure(error: unknown): EndReason {
  const reasons = [
    'unreachable',
    'incompatible-version',
    'not-hither',
    'busy',
    'unavailable',
    'not-taking',
    'wrong-device',
    'tampered',
  ] as const;
  const code = error instanceof HitherError ? error.code : 'internal';
  return reasons.find((reason) => reason === code) ?? 'unreachable';
}
