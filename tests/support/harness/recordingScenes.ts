import type { EndedRecording, OwnRecording, RecordingsState } from '../../../src/shared/contract/recordings';
import { snapshotOf } from '../snapshotOf';
import { paintedStream } from './paintedStream';
import { appState, id, session, someDevices } from './samples';
import type { Scene } from './scenes';

const NAME = 'Mina’s MacBook Air';
const LONG_NAME = '민지의 거실에 있는 아주 오래된 데스크톱 컴퓨터와 새로 산 모니터 두 대';

/** A session of which this is recorded, or asked. */
function scene(recordings: Partial<RecordingsState>, { name = NAME, isShown = true } = {}): Scene {
  const share = { stream: paintedStream(), label: 'Screen 1', mute: 'none' as const };
  const one = session(2, name, isShown ? { remoteShare: share } : {});
  const app = appState({ nearby: { ...appState().nearby, devices: someDevices } });
  const all = { own: null, theirs: [], ended: null, askable: [one.sessionId], ...recordings };
  return {
    snapshot: () => snapshotOf({ ...app, recordings: all }, [one]),
    ...(isShown ? { open: one.sessionId } : {}),
  };
}

const own = (phase: OwnRecording['phase']): OwnRecording => ({
  recordingId: id(900),
  sessionIds: [id(102)],
  phase,
  waitsUntilMs: phase === 'asking' ? Date.now() + 42_000 : null,
  startedMs: phase === 'asking' || phase === 'allowed' ? null : Date.now() - 754_000,
  sizeBytes: 48_300_000,
});
const theirs = (phase: 'asked' | 'running') => ({
  recordingId: id(901),
  sessionId: id(102),
  phase,
  askedMs: 0,
  waitsUntilMs: phase === 'asked' ? Date.now() + 42_000 : null,
  startedMs: phase === 'asked' ? null : Date.now() - 65_000,
});
const ended = (change: Partial<EndedRecording> = {}): EndedRecording => ({
  recordingId: id(902),
  reason: 'stopped',
  peerName: null,
  file: {
    name: 'Recording Mina’s MacBook Air 2026-11-30 14.03.webm',
    dir: '/home/mina/Downloads',
    sizeBytes: 48_300_000,
    durationMs: 754_000,
  },
  failure: null,
  ...change,
});

/** Views of what is recorded, and of questions and ends. */
export const recordingScenes: Record<string, () => Scene> = {
  'session-record-asked': () => scene({ theirs: [theirs('asked')] }),
  'session-record-asked-long': () => scene({ theirs: [theirs('asked')] }, { name: LONG_NAME }),
  'session-record-asking': () => scene({ own: own('asking') }),
  'session-recording': () => scene({ own: own('running') }),
  'session-recorded': () => scene({ theirs: [theirs('running')] }, { name: LONG_NAME }),
  'session-recorded-both': () => scene({ own: own('running'), theirs: [theirs('running')] }),
  'session-record-saved': () => scene({ ended: ended() }),
  'session-record-failed': () =>
    scene({
      ended: ended({
        reason: 'failed',
        failure: { code: 'disk-full', facts: { name: '/home/mina/Downloads' } },
      }),
    }),
  'session-record-declined': () =>
    scene({ ended: ended({ reason: 'declined', peerName: NAME, file: null }) }),
  'home-recorded': () => scene({ theirs: [theirs('running')] }, { isShown: false }),
};
