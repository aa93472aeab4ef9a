import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat';
import { useSecondsLeft } from './useSecondsLeft';

/** How long something can still be answered. It is there to be read, but not called out as it runs. */
export function Countdown({ untilMs }: { untilMs: number | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const seconds = useSecondsLeft(untilMs);
  if (seconds === null) return null;
  return (
    <Text component="span" display="block" size="xs" c="dimmed" className="numbers" data-testid="countdown">
      {t('app.prompts.endsIn', { duration: format.duration(seconds) })}
    </Text>
  );
}
