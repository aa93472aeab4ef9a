import { type RefObject, useEffect, useState } from 'react';

/** How the shared screen is drawn: scaled into the stage, or one pixel for one. */
type Scale = 'fit' | 'actual';

/** What can be done with the picture of a shared screen. */
export interface StageView {
  scale: Scale;
  isFullscreen: boolean;
  isPip: boolean;
  canPip: boolean;
  toggleScale: () => void;
  toggleFullscreen: () => void;
  togglePip: () => void;
}

/** The state of the stage, held by the browser for full screen and picture in picture. */
export function useStageView(
  stage: RefObject<HTMLElement | null>,
  video: RefObject<HTMLVideoElement | null>,
): StageView {
  const [scale, setScale] = useState<Scale>('fit');
  const [isFullscreen, setIsFullscreen] = useState(false);
  const [isPip, setIsPip] = useState(false);
  useEffect(() => {
    const onChange = () => setIsFullscreen(document.fullscreenElement !== null);
    document.addEventListener('fullscreenchange', onChange);
    return () => document.removeEventListener('fullscreenchange', onChange);
  }, []);
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
  return {
    scale,
    isFullscreen,
    isPip,
    canPip: document.pictureInPictureEnabled,
    toggleScale: () => setScale((now) => (now === 'fit' ? 'actual' : 'fit')),
    toggleFullscreen: () => {
      if (isFullscreen) attempt(() => document.exitFullscreen());
      else attempt(async () => stage.current?.requestFullscreen());
    },
    togglePip: () => {
      if (isPip) attempt(() => document.exitPictureInPicture());
      else attempt(async () => video.current?.requestPictureInPicture());
    },
  };
}

/**
 * A browser may refuse full screen or picture in picture (no gesture, no picture yet, forbidden by the system); the
 * stage then stays as it is, which is all there is to say.
 */
function attempt(work: () => Promise<unknown>): void {
  work().catch(() => undefined);
}
