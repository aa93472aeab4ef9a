import { HitherError } from '../../../shared/errors';
import type { Captured } from './LocalMedia';

/**
 * Asks for a screen: through the browser's picker, or the source that the desktop app has lined up.
 * @throws HitherError `capture-denied` when the person (or the system) says no, `capture-failed` otherwise
 */
export async function captureScreen(): Promise<Captured> {
  try {
    const stream = await navigator.mediaDevices.getDisplayMedia({
      video: { frameRate: { ideal: 30, max: 60 } },
      audio: false,
    });
    const [track] = stream.getVideoTracks();
    if (!track) throw new HitherError('capture-failed');
    return { stream, track, label: readableLabel(track.label) };
  } catch (error) {
    if (error instanceof HitherError) throw error;
    const isDenied =
      error instanceof DOMException && (error.name === 'NotAllowedError' || error.name === 'AbortError');
    throw new HitherError(isDenied ? 'capture-denied' : 'capture-failed', {}, error);
  }
}

/** Browsers label some tracks with an id of theirs, such as `screen:411:0`, which tells a person nothing. */
function readableLabel(label: string): string {
  return /^(screen|window|web-contents-media-stream):/.test(label) ? '' : label;
}
