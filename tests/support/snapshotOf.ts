import type { CaptureView, CoreSnapshot, SessionView } from '../../src/renderer/core/types';
import type { AppState } from '../../src/shared/contract/app';

/** A snapshot as a backend that has answered gives it. */
export function snapshotOf(app: AppState, sessions: readonly SessionView[] = []): CoreSnapshot {
  const { settings, nearby, notices, transfers, trusted, invites, away, openedLink, embeddedRelay } = app;
  const known = { app, settings, nearby, notices, transfers, trusted, invites, away };
  return {
    ...known,
    openedLink,
    embeddedRelay,
    sessions,
    captures: capturesOf(sessions),
    screenQuality: { content: 'text', isStill: false, skippedCodecs: 0 },
    connection: 'ready',
    aside: null,
  };
}

/** The capture that these sessions share. */
export function capturesOf(sessions: readonly SessionView[]): CaptureView[] {
  const watchers = sessions.filter(({ localShare }) => localShare);
  return watchers[0]?.localShare
    ? [{ ...watchers[0].localShare, source: 'screen', region: null, watchers }]
    : [];
}
