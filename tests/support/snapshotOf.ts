import type { CaptureView, CoreSnapshot, SessionView } from '../../src/renderer/core/types';
import { NO_DEVICES } from '../../src/renderer/core/media/user/DeviceList';
import type { TrackViews } from '../../src/renderer/core/media/SessionTracks';
import type { AppState } from '../../src/shared/contract/app';

/** A snapshot as a backend that has answered gives it. */
export function snapshotOf(app: AppState, sessions: readonly SessionView[] = []): CoreSnapshot {
  const { settings, nearby, notices, transfers, trusted, invites, away, openedLink, embeddedRelay } = app;
  const known = { app, settings, nearby, notices, transfers, trusted, invites, away };
  return {
    ...known,
    openedLink,
    embeddedRelay,
    recordings: app.recordings,
    sessions,
    captures: capturesOf(sessions),
    screenQuality: { content: 'text', isStill: false, skippedCodecs: 0 },
    devices: NO_DEVICES,
    connection: 'ready',
    aside: null,
  };
}

/** Of a session that shows and says nothing, either way. */
export const NO_TRACKS: TrackViews = {
  ...{ localShare: null, remoteShare: null, localVoice: null, remoteVoice: null },
  ...{ localSound: null, remoteSound: null, localCamera: null, remoteCamera: null },
};

/** The captures that these sessions share, one of each source. */
export function capturesOf(sessions: readonly SessionView[]): CaptureView[] {
  return (['localShare', 'localSound', 'localVoice', 'localCamera'] as const).flatMap((key) => {
    const watchers = sessions.filter((session) => session[key]);
    const view = watchers[0]?.[key];
    return view ? [{ ...view, source: SOURCES[key], region: null, watchers }] : [];
  });
}

const SOURCES = {
  localShare: 'screen',
  localSound: 'screen-audio',
  localVoice: 'microphone',
  localCamera: 'camera',
} as const;
