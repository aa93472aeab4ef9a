/** What the store holds, under the names that features know. */
export type { ConnectTarget, SessionView, ShareView } from '../core/types';
export type { EndedBy, SessionState } from '../core/session/sessionState';
