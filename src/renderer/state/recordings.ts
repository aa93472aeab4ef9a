import { useShallow } from 'zustand/react/shallow';
import type { RecordingsState, TheirRecording } from '../../shared/contract/recordings';
import type { SessionView } from '../core/types';
import { useApp } from './AppModelContext';

/** Somebody else's recording that this person said yes to, with the session that it is of. */
export interface ShownRecording {
  recording: TheirRecording;
  session: SessionView;
}

/** This device's recording, without the bytes that it grows by each second; `null` where there is none. */
export function useOwnRecording() {
  return useApp(
    useShallow(({ core: { recordings, sessions } }) => {
      const { own } = recordings;
      if (!own) return null;
      const { recordingId, phase, startedMs, waitsUntilMs } = own;
      const titles = sessions.filter(({ sessionId }) => own.sessionIds.includes(sessionId));
      const names = titles.map(({ title }) => title).join('\n');
      return { recordingId, phase, startedMs, waitsUntilMs, names };
    }),
  );
}

/** Recordings of others that go on, or may begin at any moment. */
export function useTheirRecordings(): readonly ShownRecording[] {
  const theirs = useApp(({ core }) => core.recordings.theirs);
  const sessions = useApp(({ core }) => core.sessions);
  return theirs.flatMap((recording) => {
    const session = sessions.find(({ sessionId }) => sessionId === recording.sessionId);
    return session && recording.phase !== 'asked' ? [{ recording, session }] : [];
  });
}

/** Whether a session is recorded now, by either side. */
export function isRecorded({ own, theirs }: RecordingsState, sessionId: string): boolean {
  const isOwn = own !== null && own.phase !== 'asking' && own.sessionIds.includes(sessionId);
  return isOwn || theirs.some((each) => each.sessionId === sessionId && each.phase !== 'asked');
}

export { isRecording } from '../../shared/contract/recordings';
