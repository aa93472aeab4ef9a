import { useEffect, useState } from 'react';
import { OwnVoiceWatch, type VoiceHint } from '../../core/media/levels/OwnVoiceWatch';
import { useModel } from '../AppModelContext';
import { useUserCapture } from './useVoice';

/** What the person should know of their own microphone now, if anything. */
export function useOwnVoiceHint(): VoiceHint {
  const { core } = useModel();
  const capture = useUserCapture('microphone');
  const stream = capture?.stream ?? null;
  const [hint, setHint] = useState<{ of: MediaStream; hint: VoiceHint } | null>(null);
  useEffect(() => {
    if (!stream) return undefined;
    const watch = new OwnVoiceWatch();
    const isMuted = () =>
      core.getSnapshot().captures.some(({ source, mute }) => source === 'microphone' && mute === 'paused');
    return core.user.levels.watch(stream, (level) => {
      const next = watch.update(level, isMuted(), performance.now());
      setHint((now) => (now?.of === stream && now.hint === next ? now : { of: stream, hint: next }));
    });
  }, [core, stream]);
  return stream !== null && hint?.of === stream ? hint.hint : 'none';
}
