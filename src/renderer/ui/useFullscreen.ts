import { useEffect, useRef, useSyncExternalStore } from 'react';

/**
 * Full screen of the whole page: prompts, menus and messages are drawn outside of the stage and have to stay in sight.
 * What has no place there is hidden by `:root:fullscreen` in the styles.
 * @param onChange called once it has begun or ended, by whatever way
 */
export function useFullscreen(onChange: (isOn: boolean) => void): { isOn: boolean; toggle: () => void } {
  const isOn = useSyncExternalStore(
    (listener) => {
      document.addEventListener('fullscreenchange', listener);
      return () => document.removeEventListener('fullscreenchange', listener);
    },
    () => document.fullscreenElement !== null,
  );
  const latest = useRef(onChange);
  const wasOn = useRef(isOn);
  useEffect(() => {
    latest.current = onChange;
  });
  useEffect(() => {
    if (wasOn.current !== isOn) latest.current(isOn);
    wasOn.current = isOn;
  }, [isOn]);
  return {
    isOn,
    toggle: () => {
      const change = isOn ? document.exitFullscreen() : document.documentElement.requestFullscreen();
      // A browser may refuse it, as without a gesture: everything then stays as it is.
      change.catch(() => undefined);
    },
  };
}
