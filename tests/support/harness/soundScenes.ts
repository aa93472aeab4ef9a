import type { SessionView } from '../../../src/renderer/core/types';
import type { TrackMute } from '../../../src/shared/protocol/tracks';
import { snapshotOf } from '../snapshotOf';
import { paintedStream } from './paintedStream';
import { appState, session, someDevices } from './samples';
import type { Scene } from './scenes';

const NAME = 'Mina’s MacBook Air';
const share = () => ({ stream: paintedStream(), label: 'Screen 1', mute: 'none' as const });
/** Sound of its own, if silent: what has none at all would never begin to play. */
const silence = () => new AudioContext().createMediaStreamDestination().stream;
const sound = (mute: TrackMute = 'none') => ({ stream: silence(), label: '', mute });

interface Place {
  /** The desktop app on Linux; otherwise a page in a browser, whose dialog is the browser's. */
  isDesktop?: boolean;
  isElsewhere?: boolean;
}

/** A session with these tracks. */
function scene(change: Partial<SessionView>, { isDesktop = false, isElsewhere = false }: Place = {}): Scene {
  const one = session(2, NAME, isElsewhere ? {} : change);
  const others = isElsewhere ? [session(1, '거실 데스크톱', change)] : [];
  const app = appState({ nearby: { ...appState().nearby, devices: someDevices } });
  const capabilities = {
    ...app.capabilities,
    ...(isDesktop
      ? { runtime: 'electron' as const, canShareSound: true }
      : { runtime: 'headless' as const, hasSourcePicker: false }),
  };
  return {
    snapshot: () => snapshotOf({ ...app, capabilities }, [one, ...others]),
    open: one.sessionId,
  };
}

/** Views of the sound that goes with a screen. */
export const soundScenes: Record<string, () => Scene> = {
  'session-sound': () => scene({ remoteShare: share(), remoteSound: sound() }),
  'session-sound-silent': () => scene({ remoteShare: share(), remoteSound: sound('hidden') }),
  'session-sound-off': () => scene({ remoteShare: share(), remoteSound: sound('paused') }),
  'session-own-sound': () => scene({ localShare: share(), localSound: sound() }),
  'session-own-sound-silent': () =>
    scene({ localShare: share(), localSound: sound('hidden') }, { isDesktop: true }),
  'session-own-sound-echo': () =>
    scene({ localShare: share(), localSound: sound(), remoteVoice: sound() }, { isDesktop: true }),
  'session-own-sound-elsewhere': () =>
    scene({ localShare: share(), localSound: sound() }, { isElsewhere: true }),
  'session-in-browser': () => scene({}),
  'session-with-voice-on-desktop': () => scene({ remoteVoice: sound() }, { isDesktop: true }),
};
