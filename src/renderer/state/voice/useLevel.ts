import { useEffect, useState } from 'react';
import { SpeakingDetector } from '../../core/media/levels/SpeakingDetector';
import { useModel } from '../AppModelContext';
import { stepsOf } from './levelSteps';

/** Whether somebody speaks in a stream; drawn anew when that changes, and not with every level. */
export function useSpeaking(stream: MediaStream | null): boolean {
  const { core } = useModel();
  const [speaking, setSpeaking] = useState<MediaStream | null>(null);
  useEffect(() => {
    if (!stream) return undefined;
    const detector = new SpeakingDetector();
    return core.user.levels.watch(stream, (level) =>
      setSpeaking(detector.update(level, performance.now()) ? stream : null),
    );
  }, [core, stream]);
  return stream !== null && speaking === stream;
}

/** How loud a stream is, in steps from 0 to `LEVEL_STEPS`: an ear hears steps of dB, not of pressure. */
export function useLevelSteps(stream: MediaStream | null): number {
  const { core } = useModel();
  const [steps, setSteps] = useState(0);
  useEffect(() => {
    if (!stream) return undefined;
    const stop = core.user.levels.watch(stream, ({ rms }) => setSteps(stepsOf(rms)));
    return () => {
      stop();
      setSteps(0);
    };
  }, [core, stream]);
  return steps;
}
