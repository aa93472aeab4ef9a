import { z } from 'zod';
import { RandomId } from '../ids';

/** The feature by which one person asks whether they may record a session. */
export const RECORDINGS_FEATURE = 'recordings';

/** Sessions that one recording may be of: a room has a session for each pair. */
export const MAX_RECORDED_SESSIONS = 16;

/**
 * Why nobody said yes: a person said no, nobody is there who could answer, nobody answered in time (`ANSWER_TIMEOUT_MS`),
 * or this side has asked too often.
 */
export const RecordingNo = z.enum(['not-now', 'nobody-there', 'no-answer', 'too-often']);
export type RecordingNo = z.infer<typeof RecordingNo>;

/**
 * What two devices say about a recording. Whoever records names it; a yes holds for that one recording in that one session, and
 * either side ends it at any time.
 */
export const RecordingMessage = z.discriminatedUnion('type', [
  /** First word of each side, where both have verified: it knows of recordings, and can be asked. */
  z.object({ type: z.literal('recording-ready') }),
  /** May this side record what it sees and hears? In place of a question before it. */
  z.object({ type: z.literal('recording-request'), recordingId: RandomId }),
  /** The person who was asked says yes. */
  z.object({ type: z.literal('recording-allowed'), recordingId: RandomId }),
  z.object({ type: z.literal('recording-declined'), recordingId: RandomId, reason: RecordingNo }),
  /** The person who said yes takes it back: nothing may be recorded from here on. */
  z.object({ type: z.literal('recording-withdrawn'), recordingId: RandomId }),
  /** Everybody said yes, and the file is open. */
  z.object({ type: z.literal('recording-started'), recordingId: RandomId }),
  /** Whoever asked takes the question back, or has stopped. */
  z.object({ type: z.literal('recording-stopped'), recordingId: RandomId }),
]);
export type RecordingMessage = z.infer<typeof RecordingMessage>;
