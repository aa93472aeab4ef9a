import type { z } from 'zod';
import type { TrustPermissions } from '../../../shared/contract/trust';
import type { LocalMedia } from '../media/LocalMedia';
import type { PeerLink } from '../peer/PeerLink';

/** What a feature of one session gets from it. */
export interface FeatureContext {
  sessionId: string;
  /** Sends a message of the feature's; it arrives, in order, as long as the session lives. */
  send: (message: unknown) => void;
  /** Its slice of the view has changed. */
  onChange: () => void;
  /** What the peer may do without a question; `null` for a device that is not trusted. */
  permissions: () => TrustPermissions | null;
  /** Whether the session is connected, and its peer link is up. */
  isLinked: () => boolean;
  /** Whether a peer link is there, or expected in a moment. */
  isLinkExpected: () => boolean;
  /** What the app captures, for all sessions. */
  media: LocalMedia;
  /** Has a screen captured without a question; rejects where only a person can. */
  captureUnasked: () => Promise<void>;
  /** Milliseconds that only go up, whatever is done to the clock. */
  monotonicMs: () => number;
}

/**
 * One kind of things that two pages do in a session: the schema of its messages, what handles them, and its slice of the
 * session's view. Registered in `features.ts`.
 */
export interface PageFeature<M = unknown> {
  readonly name: string;
  readonly schema: z.ZodType<M>;
  /** A message of the peer's, in the order it was sent. */
  handle(message: M): void;
  /** A new peer link is up. */
  linked?(link: PeerLink): void;
  /** The peer link is gone. */
  unlinked?(): void;
  /** No peer link came for a while. One may still come, but nobody is told to wait for it. */
  linkGivenUp?(): void;
  /** The session is over; no timer is left. */
  end(): void;
}
