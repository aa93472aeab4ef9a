/** How often a captured source is looked at, in ms; Chromium sends a picture of a minimised window once a second. */
const LOOK_MS = 1_000;

/** Width and height, in pixels, that no source which shows something has: Chromium gives 2 × 2 black ones for a minimised window. */
const EMPTY_PX = 2;

/**
 * Whether a captured source shows nothing, as a window that is minimised. Browsers mute the track then, as the standard
 * lets them, or send empty pictures. That no new picture comes says nothing: a still page or window sends none either.
 */
export function isSourceHidden(track: MediaStreamTrack): boolean {
  if (track.muted) return true;
  const { width, height } = track.getSettings();
  return width !== undefined && height !== undefined && width <= EMPTY_PX && height <= EMPTY_PX;
}

/** Calls `onLook` whenever `isSourceHidden` may have changed; returns what ends that. */
export function watchSource(track: MediaStreamTrack, onLook: () => void): () => void {
  const timer = setInterval(onLook, LOOK_MS);
  const events = ['mute', 'unmute'] as const;
  for (const event of events) track.addEventListener(event, onLook);
  return () => {
    clearInterval(timer);
    for (const event of events) track.removeEventListener(event, onLook);
  };
}
