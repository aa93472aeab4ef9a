import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Echo, useEcho } from '../../state/sound/useScreenSound';
import './Echo.css';

/** Says that others would hear themselves, before that begins, and what helps; nothing while nobody is heard. */
export function EchoNote() {
  const { t } = useTranslation();
  const echo = useEcho();
  if (echo === 'none') return null;
  return (
    <Text size="xs" className="echo-note" data-testid="echo-note">
      <strong>{t(ECHO_TITLES[echo])}</strong> {t('sound.echo.help')}
    </Text>
  );
}

/** What is said of an echo. */
export const ECHO_TITLES = { sure: 'sound.echo.sure', maybe: 'sound.echo.maybe' } as const satisfies Record<
  Exclude<Echo, 'none'>,
  string
>;
