import type { SessionView } from '../core/types';

/** What the store holds, under the names that features know. */
export type {
  CaptureView,
  Region,
  LinkExam,
  LocalItem,
  SessionSecurity,
  SessionStats,
  SessionView,
  ShareView,
  StreamStats,
  TriedPair,
} from '../core/types';
export { glassToGlassMs } from '../core/stats/glassToGlass';
export { statsVerdict, type StatsVerdict } from '../core/stats/statsVerdict';
export type { TextView } from '../../shared/contract/texts';
export type { SessionState } from '../core/session/sessionState';
export type { Sending } from './sendings';
export { hasOwnView } from './codeView';

/** Whether screens can be shown in a session, now or in a moment: without a peer link only texts and files go. */
export function canShowScreens({ state, hasLink }: SessionView): boolean {
  return state.phase !== 'connected' || hasLink;
}

export { isUp, mayBeTrusted } from './uiState';
