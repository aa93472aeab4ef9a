import { useApp, useModel } from '../AppModelContext';
import { useSettings } from '../selectors';
import { useSoundCapture } from './useSound';

/** Who gives the sound that goes with a screen: this computer, in the desktop app, or the browser's own dialog. */
export type SoundWay = 'computer' | 'browser' | 'none';

/** Who can give a sound here. */
export function useSoundWay(): SoundWay {
  const { core } = useModel();
  const capabilities = useApp((state) => state.core.app?.capabilities);
  if (capabilities?.canShareSound === true) return 'computer';
  return capabilities?.runtime === 'headless' && core.screen.canAskForSound ? 'browser' : 'none';
}

/** Whether the person wants the sound with a screen, and what keeps that for the next share. */
export function useWantsSound(): {
  wantsSound: boolean;
  setWantsSound: (wantsSound: boolean) => Promise<boolean>;
} {
  const model = useModel();
  return {
    wantsSound: useSettings()?.screenSound ?? false,
    setWantsSound: (screenSound) =>
      model.attempt(() => model.core.backend.request('settings:update', { screenSound })),
  };
}

/**
 * Whether others would hear themselves in the sound of this computer, as what Hither plays is part of it: `sure` on Linux; elsewhere
 * the system may leave it out (`restrictOwnAudio`), which Electron's documentation doesn't promise.
 */
export type Echo = 'none' | 'maybe' | 'sure';

/** Whether others are heard here now, so that the sound of this computer would have them in it. */
export function useEcho(): Echo {
  const way = useSoundWay();
  const platform = useApp(({ core }) => core.app?.device.platform);
  const isHeard = useApp(({ core }) => core.sessions.some(({ remoteVoice }) => remoteVoice !== null));
  if (way !== 'computer' || !isHeard) return 'none';
  return platform === 'linux' ? 'sure' : 'maybe';
}

/** The same for a sound that is shared and can be heard. */
export function useLiveEcho(): Echo {
  const echo = useEcho();
  const sound = useSoundCapture();
  return sound !== null && sound.mute !== 'paused' ? echo : 'none';
}
