import { HitherError } from '../../../shared/errors';
import type { ShareView } from '../types';

/**
 * Asks for a screen: through the browser's picker, or the source that the desktop app has lined up.
 * @throws HitherError `capture-denied` when the person (or the system) says no, `capture-failed` otherwise
 */
export async function captureScreen(): Promise<ShareView> {
  try {
    const stream = await navigator.mediaDevices.getDisplayMedia({
      video: { frameRate: { ideal: 30, max: 60 } },
      audio: false,
    });
    const [track] = stream.getVideoTracks();
    // Encoders then keep edges sharp and let the frame rate give way.
    if (track) track.contentHint = 'detail';
    return { stream, label: track ? readableLabel(track.label) : '' };
  } catch (error) {
    const isDenied =
      error instanceof DOMException && (error.name === 'NotAllowedError' || error.name === 'AbortError');
    throw new HitherError(isDenied ? 'capture-denied' : 'capture-failed', {}, error);
  }
}

/** Browsers label some tracks with an id of theirs, such as `screen:411:0`, which tells a person nothing. */
function readableLabel(label: string): string {
  return /^(screen|window|web-contents-media-stream):/.test(label) ? '' : label;
}

/** Ends a capture; the system's own sign of it goes away. */
export function endCapture({ stream }: ShareView): void {
  for (const track of stream.getTracks()) track.stop();
}

/** Calls `listener` once when the source ends by itself: its window closed, or the browser's own stop button. */
export function onCaptureEnded({ stream }: ShareView, listener: () => void): void {
  for (const track of stream.getVideoTracks()) track.addEventListener('ended', listener, { once: true });
}
