import { z } from 'zod';
import { withoutHidden } from './hiddenText';

/** Every way something can go wrong that a person may be told about. Words for each live in the page's i18n folder. */
const errorCodes = [
  'bad-request',
  'not-allowed',
  'internal',
  'backend-gone',
  'bad-address',
  'unreachable',
  'timed-out',
  'incompatible-version',
  'not-hither',
  'busy',
  'unavailable',
  'self-connection',
  'not-taking',
  'wrong-device',
  'tampered',
  'not-verified',
  'declined',
  'cancelled',
  'unknown-device',
  'unknown-session',
  'unknown-transfer',
  'unknown-source',
  'capture-denied',
  'capture-failed',
  'sound-missing',
  'sound-not-chosen',
  'sound-denied',
  'sound-lost',
  'microphone-denied',
  'microphone-missing',
  'microphone-busy',
  'microphone-replaced',
  'microphone-lost',
  'camera-denied',
  'camera-missing',
  'camera-busy',
  'camera-replaced',
  'camera-lost',
  'mute-key-taken',
  'rnnoise-failed',
  'recording-running',
  'recording-unknown',
  'recording-unable',
  'disk-slow',
  'hostile-name',
  'too-many-entries',
  'unknown-digest',
  'folder-missing',
  'folder-read-only',
  'disk-full',
  'file-too-large',
  'disk-error',
  'source-missing',
  'page-gone',
  'page-away',
  'source-unreadable',
  'source-changed',
  'nothing-to-send',
  'all-left-out',
  'drop-unreadable',
  'folder-not-opened',
  'text-too-long',
  'too-fast',
  'corrupt-file',
  'protocol-violation',
  'connection-lost',
  'bad-invite',
  'no-relay',
  'relay-unreachable',
  'relay-untrusted',
  'relay-refused',
  'relay-version',
  'not-a-relay',
  'mailbox-crowded',
  'invite-expired',
  'inviter-away',
  'not-the-inviter',
  'invite-refused',
  'code-gone',
  'wrong-code',
  'code-burned',
  'too-many-invites',
  'port-taken',
  'port-not-allowed',
  'port-unusable',
] as const;

export const ErrorCode = z.enum(errorCodes);
export type ErrorCode = z.infer<typeof ErrorCode>;

/** Facts in one failure; the richest of ours has four. */
const MAX_FACTS = 16;

/** Plain facts that the words of an error may name: a file, a size, a version. Texts come without what hides in them. */
export const ErrorFacts = z
  .record(z.string().max(64), z.union([z.string().max(4096).transform(withoutHidden), z.number()]))
  .refine((facts) => Object.keys(facts).length <= MAX_FACTS);
export type ErrorFacts = z.infer<typeof ErrorFacts>;

/** A failure as data: what crosses a process or network boundary in place of an exception. */
export const Failure = z.object({ code: ErrorCode, facts: ErrorFacts.default({}) });
export type Failure = z.infer<typeof Failure>;

/** An expected failure with a code; anything else that is thrown is a bug and reaches the page as `internal`. */
export class HitherError extends Error {
  readonly code: ErrorCode;
  readonly facts: ErrorFacts;

  /**
   * @param code what went wrong
   * @param facts what the message may name
   * @param cause the underlying error, kept for logs
   */
  constructor(code: ErrorCode, facts: ErrorFacts = {}, cause?: unknown) {
    super(code, cause === undefined ? undefined : { cause });
    this.name = 'HitherError';
    this.code = code;
    this.facts = facts;
  }

  toFailure(): Failure {
    return { code: this.code, facts: this.facts };
  }
}

/** Turns anything thrown into a failure that may cross a boundary; unknown errors keep their text out of it. */
export function failureOf(thrown: unknown): Failure {
  return thrown instanceof HitherError ? thrown.toFailure() : { code: 'internal', facts: {} };
}
