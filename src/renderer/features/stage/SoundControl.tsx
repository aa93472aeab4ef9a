import { Slider } from '@mantine/core';
import { IconVolume, IconVolumeOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat';
import { useSoundState, useVolume } from '../../state/sound/useSound';
import { volumeAt } from '../../state/sound/volume';
import type { ShareView } from '../../state/views';
import { LEVEL_STEPS } from '../../state/voice/levelSteps';
import { useLevelSteps } from '../../state/voice/useLevel';
import { SoundMeter } from '../../ui/SoundMeter';
import { TipButton } from '../../ui/TipButton';

interface SoundControlProps {
  sessionId: string;
  sound: ShareView;
}

/** How loud the sound of the shared screen comes, and how loud it is played here: apart from the voices. */
export function SoundControl({ sessionId, sound }: SoundControlProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { volume, setVolume } = useVolume(sessionId);
  const Icon = volume.isMuted ? IconVolumeOff : IconVolume;
  return (
    <div className="stage-sound" role="group" aria-label={t('sound.theirs.label')}>
      <TheirMeter sound={sound} />
      <TipButton
        label={t(volume.isMuted ? 'sound.theirs.unmute' : 'sound.theirs.mute')}
        onClick={() => setVolume({ ...volume, isMuted: !volume.isMuted })}
      >
        <Icon size={19} stroke={1.7} />
      </TipButton>
      <Slider
        className="stage-volume"
        size="sm"
        min={0}
        max={1}
        step={0.05}
        label={(level) => format.percent(level)}
        thumbLabel={t('sound.theirs.volume')}
        thumbProps={{ 'aria-valuetext': format.percent(volume.isMuted ? 0 : volume.level) }}
        value={volume.isMuted ? 0 : volume.level}
        onChange={(level) => setVolume(volumeAt(level))}
      />
    </div>
  );
}

function TheirMeter({ sound }: { sound: ShareView }) {
  const { t } = useTranslation();
  const state = useSoundState(sound);
  const loudness = useLevelSteps(sound.stream) / LEVEL_STEPS;
  return (
    <SoundMeter
      loudness={state === 'off' ? 0 : loudness}
      state={state}
      words={t(`sound.theirs.${state}`)}
      isCompact={state === 'playing'}
      data-testid="their-sound"
    />
  );
}
