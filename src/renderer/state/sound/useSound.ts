import { useEffect, useState } from 'react';
import { SilenceWatch } from '../../core/media/levels/SilenceWatch';
import type { CaptureView, ShareView } from '../../core/types';
import { useApp, useModel } from '../AppModelContext';
import { FULL_VOLUME, type Volume } from './volume';

/** How the sound of a screen stands: `off` where its person has paused it, `silent` where nothing has sounded for five seconds. */
export type SoundState = 'off' | 'silent' | 'playing';

/** The sound that is captured with the screen, whoever gets it. */
export function useSoundCapture(): CaptureView | null {
  return useApp((state) => state.core.captures.find(({ source }) => source === 'screen-audio') ?? null);
}

/** How a sound stands, drawn anew when that changes and not with every level. */
export function useSoundState({ stream, mute }: Pick<ShareView, 'stream' | 'mute'>): SoundState {
  const { core } = useModel();
  const [silent, setSilent] = useState<MediaStream | null>(null);
  const isOff = mute === 'paused';
  useEffect(() => {
    if (isOff) return undefined;
    const watch = new SilenceWatch();
    const stop = core.user.levels.watch(stream, (level) =>
      setSilent(watch.update(level, performance.now()) ? stream : null),
    );
    return () => {
      stop();
      setSilent(null);
    };
  }, [core, stream, isOff]);
  if (isOff) return 'off';
  return silent === stream || mute === 'hidden' ? 'silent' : 'playing';
}

/** How loud the sound of a session's screen is played here, and what changes that. */
export function useVolume(sessionId: string): { volume: Volume; setVolume: (volume: Volume) => void } {
  const model = useModel();
  const volume = useApp(({ ui }) => ui.volumes.get(sessionId) ?? FULL_VOLUME);
  return { volume, setVolume: (next) => model.setVolume(sessionId, next) };
}
