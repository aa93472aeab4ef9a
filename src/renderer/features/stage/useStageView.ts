import { type RefObject, useEffect, useState } from 'react';
import { useFullscreen } from '../../ui/useFullscreen';

/** What can be done with the picture of a shared screen. */
export interface StageView {
  isPip: boolean;
  canPip: boolean;
  isFullscreen: boolean;
  toggleFullscreen: () => void;
  togglePip: () => void;
}

/** The state of the stage, held by the browser for full screen and picture in picture. */
export function useStageView(
  video: RefObject<HTMLVideoElement | null>,
  onFullscreen: (isOn: boolean) => void,
): StageView {
  const fullscreen = useFullscreen(onFullscreen);
  const [isPip, setIsPip] = useState(false);
  useEffect(() => {
    const element = video.current;
    if (!element) return undefined;
    const onChange = () => setIsPip(document.pictureInPictureElement === element);
    element.addEventListener('enterpictureinpicture', onChange);
    element.addEventListener('leavepictureinpicture', onChange);
    return () => {
      element.removeEventListener('enterpictureinpicture', onChange);
      element.removeEventListener('leavepictureinpicture', onChange);
      // The small window outlives its element otherwise, with the last picture in it.
      if (document.pictureInPictureElement === element) attempt(() => document.exitPictureInPicture());
    };
  }, [video]);
  // Without the picture there is nothing to fill the screen with.
  useEffect(
    () => () => {
      if (document.fullscreenElement) attempt(() => document.exitFullscreen());
    },
    [],
  );
  return {
    isFullscreen: fullscreen.isOn,
    toggleFullscreen: fullscreen.toggle,
    isPip,
    canPip: document.pictureInPictureEnabled,
    togglePip: () => {
      if (isPip) attempt(() => document.exitPictureInPicture());
      else attempt(async () => video.current?.requestPictureInPicture());
    },
  };
}

/** A browser may refuse picture in picture (no gesture, no picture yet, forbidden by the system): the stage then stays as it is. */
function attempt(work: () => Promise<unknown>): void {
  work().catch(() => undefined);
}
