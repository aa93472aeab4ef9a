import { useTranslation } from 'react-i18next';
import { useSoundCapture, useSoundState } from '../../state/sound/useSound';
import { useSoundWay } from '../../state/sound/useScreenSound';
import type { CaptureView } from '../../state/views';
import { LEVEL_STEPS } from '../../state/voice/levelSteps';
import { useLevelSteps } from '../../state/voice/useLevel';
import { SoundMeter } from '../../ui/SoundMeter';

/** How the sound stands that goes with what is shared, so that silence is seen here too; nothing where none goes. */
export function OwnSound({ isCompact = false }: { isCompact?: boolean }) {
  const sound = useSoundCapture();
  return sound ? <Meter sound={sound} isCompact={isCompact} /> : null;
}

function Meter({ sound, isCompact }: { sound: CaptureView; isCompact: boolean }) {
  const { t } = useTranslation();
  const state = useSoundState(sound);
  const loudness = useLevelSteps(sound.stream) / LEVEL_STEPS;
  const isComputers = useSoundWay() === 'computer';
  return (
    <SoundMeter
      loudness={state === 'off' ? 0 : loudness}
      state={state}
      words={t(state === 'playing' && isComputers ? 'sound.own.computer' : `sound.own.${state}`)}
      isCompact={isCompact}
      data-testid="own-sound"
    />
  );
}
