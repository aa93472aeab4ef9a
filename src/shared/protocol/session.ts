import { z } from 'zod';

/** The feature that every session begins with: two people agree to it. */
export const SESSION_FEATURE = 'session';

/** What the two ends of a session say about it before anything else may pass. A no, or a goodbye, is the frame `close`. */
export const SessionMessage = z.discriminatedUnion('type', [
  /** The person who was asked said yes. */
  z.object({ type: z.literal('accept') }),
  /** The person of this side has compared the code, or trusts the device. */
  z.object({ type: z.literal('verified') }),
]);
export type SessionMessage = z.infer<typeof SessionMessage>;
