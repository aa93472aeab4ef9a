/** What the store holds, under the names that features know. */
export type { CaptureView, SessionSecurity, SessionView, ShareView } from '../core/types';
export type { TextView } from '../../shared/contract/texts';
export type { SessionState } from '../core/session/sessionState';
