import { HitherError } from '../../../shared/errors';
import type { Captured } from './LocalMedia';

/** What is asked of a sound: as it is, with both of its channels. */
const SOUND = {
  // Made for voices: they would take music for noise.
  ...{ echoCancellation: false, noiseSuppression: false, autoGainControl: false },
  channelCount: { ideal: 2 },
  // Without what this page plays, the voices of others: Windows and macOS can, Linux can't.
  restrictOwnAudio: true,
  // The person here goes on hearing it.
  suppressLocalAudioPlayback: false,
};

/** Options of Screen Capture that the types don't have yet; browsers ignore what they don't know. */
interface SoundOptions extends DisplayMediaStreamOptions {
  /** Offers the sound of the computer with a whole screen. */
  systemAudio?: 'include' | 'exclude';
}

/** Whether the browser's own dialog offers the sound of what is captured: only Chromium does, and knows this constraint. */
export function canAskForSound(): boolean {
  const { navigator } = globalThis as { navigator?: { mediaDevices?: MediaDevices } };
  return Object.hasOwn(
    navigator?.mediaDevices?.getSupportedConstraints() ?? {},
    'suppressLocalAudioPlayback',
  );
}

/**
 * Asks for a screen: through the browser's picker, or the source that the desktop app has lined up.
 * @param hasSound also for what sounds with it, which need not come
 * @throws HitherError `capture-denied` when the person (or the system) says no, `capture-failed` otherwise
 */
export async function captureScreen({ hasSound }: { hasSound: boolean }): Promise<Captured> {
  const options: SoundOptions = {
    video: { frameRate: { ideal: 30, max: 60 } },
    audio: hasSound && SOUND,
    systemAudio: hasSound ? 'include' : 'exclude',
  };
  try {
    return capturedOf(await navigator.mediaDevices.getDisplayMedia(options));
  } catch (error) {
    if (error instanceof HitherError) throw error;
    const isDenied =
      error instanceof DOMException && (error.name === 'NotAllowedError' || error.name === 'AbortError');
    throw new HitherError(isDenied ? 'capture-denied' : 'capture-failed', {}, error);
  }
}

/** Picture and sound apart, as each is a capture of its own. */
function capturedOf(stream: MediaStream): Captured {
  const [track] = stream.getVideoTracks();
  const [sound] = stream.getAudioTracks();
  if (!track) {
    sound?.stop();
    throw new HitherError('capture-failed');
  }
  return {
    track,
    stream: new MediaStream([track]),
    label: readableLabel(track.label),
    sound: sound ? { track: sound, stream: new MediaStream([sound]), label: '' } : null,
  };
}

/** Browsers label some tracks with an id of theirs, such as `screen:411:0`, which tells a person nothing. */
function readableLabel(label: string): string {
  return /^(screen|window|web-contents-media-stream):/.test(label) ? '' : label;
}
