import { expect } from '@playwright/test';
import type { Host } from './Host';
import { isShowing, pictureAt } from './MovingPattern';

/** How long a picture may take from the sharer's screen to the viewer's, in ms; a loaded machine is slow to encode. */
const PICTURE_MS = 5_000;

/**
 * Moves the pattern on the sharer's screen and checks, picture by picture, that the viewer's video shows just that.
 * @param firstStep where in the sequence to begin, so that two runs of one test show different pictures
 */
export async function expectPatternFollowed(sharer: Host, viewer: Host, firstStep: number): Promise<void> {
  for (let step = firstStep; step < firstStep + 8; step++) {
    const picture = pictureAt(step);
    await sharer.show(picture);
    await expect
      .poll(() => isShowing(viewer.app.remoteVideo, picture), {
        timeout: PICTURE_MS,
        message: `picture ${step}`,
      })
      .toBe(true);
  }
}
