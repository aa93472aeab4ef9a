import { useTranslation } from 'react-i18next';
import { LEVEL_STEPS } from '../../state/voice/levelSteps';
import { useLevelSteps } from '../../state/voice/useLevel';
import './Voice.css';

/** How loud one's own microphone is, as a bar. */
export function LevelBar({ stream }: { stream: MediaStream | null }) {
  const { t } = useTranslation();
  const steps = useLevelSteps(stream);
  return (
    <div
      className="level-bar"
      role="meter"
      aria-label={t('voice.mic.level')}
      aria-valuemin={0}
      aria-valuemax={LEVEL_STEPS}
      aria-valuenow={steps}
    >
      <div className="level-bar-fill" style={{ width: `${(steps / LEVEL_STEPS) * 100}%` }} />
    </div>
  );
}
