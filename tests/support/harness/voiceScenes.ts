import type { SessionView } from '../../../src/renderer/core/types';
import type { TrackMute } from '../../../src/shared/protocol/tracks';
import { DEFAULT_VOICE } from '../../../src/shared/settings/voice';
import { snapshotOf } from '../snapshotOf';
import { paintedFace } from './paintedFace';
import { paintedStream } from './paintedStream';
import { appState, session, someDevices } from './samples';
import type { Scene } from './scenes';

const NAME = 'Mina’s MacBook Air';
const share = () => ({ stream: paintedStream(), label: 'Screen 1', mute: 'none' as const });
const face = (tone: string) => ({ stream: paintedFace(tone), label: 'FaceTime HD', mute: 'none' as const });
const voice = (mute: TrackMute = 'none') => ({ stream: new MediaStream(), label: 'Headset', mute });
const device = (label: string) => ({ deviceId: label, label });

/** A session with these tracks, on a machine with some devices. */
function scene(change: Partial<SessionView>, isElsewhere = false): Scene {
  const one = session(2, NAME, isElsewhere ? {} : change);
  const others = isElsewhere ? [session(1, '거실 데스크톱', change)] : [];
  const app = appState({ nearby: { ...appState().nearby, devices: someDevices } });
  return {
    snapshot: () => ({
      ...snapshotOf({ ...app, settings: { ...app.settings, voice: DEFAULT_VOICE } }, [one, ...others]),
      devices: {
        microphones: ['Headset', 'Built-in microphone of a monitor with a very long name indeed'].map(device),
        cameras: ['FaceTime HD'].map(device),
        speakers: ['Headset', 'DELL U2720Q'].map(device),
      },
    }),
    open: one.sessionId,
  };
}

/** Views with voices and cameras. */
export const voiceScenes: Record<string, () => Scene> = {
  'session-voices': () => scene({ localVoice: voice(), remoteVoice: voice('paused') }),
  'session-muted': () => scene({ localVoice: voice('paused'), remoteVoice: voice() }),
  'session-cameras': () =>
    scene({
      ...{ localVoice: voice(), remoteVoice: voice() },
      ...{ localCamera: face('#8a4f3d'), remoteCamera: face('#3d5f8a') },
    }),
  'session-camera-over-screen': () =>
    scene({
      ...{ remoteShare: share(), localShare: share(), localVoice: voice(), remoteVoice: voice() },
      ...{ localCamera: face('#8a4f3d'), remoteCamera: face('#3d5f8a') },
    }),
  'session-voice-elsewhere': () => scene({ localVoice: voice(), localCamera: face('#8a4f3d') }, true),
};
