import type { z } from 'zod';
import type { DeviceInfo } from '../../shared/device';

/** A session as a feature sees it. */
export interface FeatureSession {
  readonly sessionId: string;
  readonly peer: DeviceInfo;
}

/**
 * One kind of things that two devices do in a session, such as texts or transfers: the schema of its messages and what
 * handles them. Registered once, by name; what it shows the page is its own business.
 */
export interface SessionFeature<M = unknown> {
  readonly name: string;
  readonly schema: z.ZodType<M>;
  /** Both people have verified: messages may go. */
  opened?(session: FeatureSession): void;
  /** @throws HitherError `protocol-violation` for a message that breaks the rules, which ends the session */
  handle(session: FeatureSession, message: M): void;
  /** The session is over; only for one that was opened. */
  closed?(session: FeatureSession): void;
}
