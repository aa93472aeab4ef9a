import { z } from 'zod';
import { Failure } from '../errors';
import { RandomId } from '../ids';
import { MAX_RECORDED_SESSIONS } from '../protocol/recordings';
import { none, sessionRef } from './common';

/** Most bytes in one write, so that a slow disk is noticed and no frame of the page's socket is large. */
export const MAX_RECORDING_WRITE_BYTES = 4 * 1024 * 1024;
/** How far into a file its end may still change what stands there: the duration, which nobody knew before. */
const MAX_PATCH_OFFSET = 4096;
/** An element of a WebM file with a number in it has 11 bytes. */
const MAX_PATCH_BYTES = 64;

const recordingRef = z.object({ recordingId: RandomId });
const SessionIds = z.array(RandomId).min(1).max(MAX_RECORDED_SESSIONS);

/**
 * This device's recording.
 * - `asking`: not everybody has answered
 * - `allowed`: everybody said yes; the page may start
 * - `running`: the file is open
 * - `stopping`: somebody took their yes back, or a session is over; the page hands over what it has, and nothing newer
 */
export const OwnRecording = z.object({
  recordingId: RandomId,
  /** Whose voices and pictures it has: nobody's else may be in it. */
  sessionIds: SessionIds,
  phase: z.enum(['asking', 'allowed', 'running', 'stopping']),
  /** While people are asked: when that ends, in ms since the epoch. */
  waitsUntilMs: z.number().nullable(),
  startedMs: z.number().nullable(),
  /** Written so far. */
  sizeBytes: z.number(),
});
export type OwnRecording = z.infer<typeof OwnRecording>;

/**
 * The peer's recording of a session.
 * - `asked`: this person has not answered
 * - `allowed`: they said yes, and it may begin at any moment
 * - `running`: the peer says that it has begun
 */
export const TheirRecording = z.object({
  recordingId: RandomId,
  sessionId: RandomId,
  phase: z.enum(['asked', 'allowed', 'running']),
  askedMs: z.number(),
  waitsUntilMs: z.number().nullable(),
  startedMs: z.number().nullable(),
});
export type TheirRecording = z.infer<typeof TheirRecording>;

/**
 * Why a recording of this device's is over.
 * - `stopped`: its person stopped it
 * - `declined`, `nobody-there`, `no-answer`, `too-often`: somebody did not say yes
 * - `withdrawn`: somebody took their yes back
 * - `session-ended`: a session that it was of is over
 * - `page-gone`: the page was closed, reloaded, or another one is in use
 * - `failed`: see `failure`
 */
export const RecordingEnd = z.enum([
  'stopped',
  'declined',
  'nobody-there',
  'no-answer',
  'too-often',
  'withdrawn',
  'session-ended',
  'page-gone',
  'failed',
]);
export type RecordingEnd = z.infer<typeof RecordingEnd>;

/** A recording of this device's that is over, for its person to be told. */
export const EndedRecording = z.object({
  recordingId: RandomId,
  reason: RecordingEnd,
  /** Whom it hung on, where that was one person: what their device is called. */
  peerName: z.string().nullable(),
  /** What is kept of it; `null` where it never began. */
  file: z
    .object({ name: z.string(), dir: z.string(), sizeBytes: z.number(), durationMs: z.number() })
    .nullable(),
  failure: Failure.nullable(),
});
export type EndedRecording = z.infer<typeof EndedRecording>;

/** Every recording that this device has to do with. */
export const RecordingsState = z.object({
  own: OwnRecording.nullable(),
  theirs: z.array(TheirRecording),
  /** The last one that is over, until its person has seen that. */
  ended: EndedRecording.nullable(),
  /** The sessions whose other side knows of recordings, and so can be asked. */
  askable: z.array(RandomId),
});
export type RecordingsState = z.infer<typeof RecordingsState>;

/** Whether anything is recorded now, or may be at any moment, by whomever. */
export function isRecording({ own, theirs }: Pick<RecordingsState, 'own' | 'theirs'>): boolean {
  return (own !== null && own.phase !== 'asking') || theirs.some(({ phase }) => phase !== 'asked');
}

export const recordingRequests = {
  /**
   * Asks everybody in these sessions whether this device may record. Fails with `recording-running` where it does or asks already,
   * `recording-unknown` where a device is too old to be asked, `unknown-session`, or as `folders:check` does.
   */
  'recordings:ask': { args: z.object({ sessionIds: SessionIds }), result: recordingRef },
  /** The person says yes or no to the peer of a session; means nothing where that is not asked any more. */
  'recordings:answer': {
    args: sessionRef.extend({ recordingId: RandomId, isAllowed: z.boolean() }),
    result: none,
  },
  /** The person takes their yes back. */
  'recordings:withdraw': { args: sessionRef.extend({ recordingId: RandomId }), result: none },
  /**
   * Opens the file of a recording. Fails with `not-allowed` unless everybody has said yes, and with what the disk says.
   * @param name without its ending, as the person shall find it; what a disk can't have in it is replaced
   */
  'recordings:start': {
    args: recordingRef.extend({ name: z.string().min(1).max(120), ending: z.enum(['webm', 'mp4']) }),
    result: none,
  },
  /**
   * Appends bytes; resolves when the system has them. `offsetBytes` is the length of the file so far. Fails with what the disk says,
   * which ends the recording, and with `not-allowed` where it is over.
   */
  'recordings:write': {
    args: recordingRef.extend({
      offsetBytes: z.int().min(0),
      bytes: z.instanceof(Uint8Array).refine(({ length }) => length <= MAX_RECORDING_WRITE_BYTES),
    }),
    result: none,
  },
  /**
   * The page has handed over everything: the file is closed. Of one that has not begun the question is taken back.
   * With `patchAt`, `bytes` take the place of those that stand there, near the file's beginning: the duration is known at the end alone.
   */
  'recordings:stop': {
    args: recordingRef.extend({
      patchAt: z.int().min(0).max(MAX_PATCH_OFFSET).nullable(),
      bytes: z
        .instanceof(Uint8Array)
        .refine(({ length }) => length <= MAX_PATCH_BYTES)
        .optional(),
      /** Why the page could not go on, where that is why it stops. */
      failure: Failure.nullable(),
    }),
    result: none,
  },
  /** The person has seen how the last one ended. */
  'recordings:dismiss': { args: recordingRef, result: none },
  /** Shows the file of the last one that is over in the file manager. */
  'recordings:reveal': { args: recordingRef, result: none },
} as const;

export const recordingEvents = {
  /** Once a second while this device records, and whenever something changes. */
  'recordings:changed': RecordingsState,
} as const;
