import { useSyncExternalStore } from 'react';

/**
 * Full screen of the whole page: prompts, menus and messages are drawn outside of the stage and have to stay in sight.
 * What has no place there is hidden by `:root:fullscreen` in the styles.
 */
export function useFullscreen(): { isOn: boolean; toggle: () => void } {
  const isOn = useSyncExternalStore(
    (listener) => {
      document.addEventListener('fullscreenchange', listener);
      return () => document.removeEventListener('fullscreenchange', listener);
    },
    () => document.fullscreenElement !== null,
  );
  return {
    isOn,
    toggle: () => {
      const change = isOn ? document.exitFullscreen() : document.documentElement.requestFullscreen();
      // A browser may refuse it, as without a gesture: everything then stays as it is.
      change.catch(() => undefined);
    },
  };
}
