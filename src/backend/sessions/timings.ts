import type { BackoffTimes } from '../../shared/Backoff';
import {
  ANSWER_TIMEOUT_MS,
  SESSION_LIMITS,
  RECONNECT_WINDOW_MS,
  VERIFY_TIMEOUT_MS,
} from '../../shared/protocol/lan';

/** The limits of `SESSION_LIMITS`, as numbers that a test may lower. */
export type SessionLimits = { readonly [K in keyof typeof SESSION_LIMITS]: number };

/** How long sessions wait for what, in ms. */
export interface SessionTimings {
  readonly reconnectWindowMs: number;
  readonly answerTimeoutMs: number;
  readonly verifyTimeoutMs: number;
  /** A session waits this long for its page to come back, as after a reload. */
  readonly pageGraceMs: number;
  /** A caller waits this long from when the page went (or the program started), as a page that reloads is back sooner. */
  readonly callerWaitMs: number;
  /** A dial takes at most this long, from the name lookup to the end of the handshake. */
  readonly dialTimeoutMs: number;
  /** A request for files is shown without their names where these take longer: a round trip, and a page that was busy. */
  readonly purposeWaitMs: number;
  /** A session for files alone ends when nothing was under way for one to two of these. */
  readonly filesIdleMs: number;
  /** Between the tries to give a session a socket again. */
  readonly redial: BackoffTimes;
}

export const DEFAULT_LIMITS: SessionLimits = SESSION_LIMITS;

export const DEFAULT_TIMINGS: SessionTimings = {
  reconnectWindowMs: RECONNECT_WINDOW_MS,
  answerTimeoutMs: ANSWER_TIMEOUT_MS,
  verifyTimeoutMs: VERIFY_TIMEOUT_MS,
  pageGraceMs: 15_000,
  callerWaitMs: 3_000,
  dialTimeoutMs: 8_000,
  purposeWaitMs: 2_000,
  filesIdleMs: 60_000,
  redial: { firstMs: 500, longestMs: 4_000 },
};
