/** What the store holds, under the names that features know. */
export type { SessionView, ShareView } from '../core/types';
export type { SessionState } from '../core/session/sessionState';
