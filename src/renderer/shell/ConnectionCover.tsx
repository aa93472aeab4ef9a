import { Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Covers a page whose backend is gone, or which another page has replaced. */
export function ConnectionCover({ connection }: { connection: 'lost' | 'superseded' }) {
  const { t } = useTranslation();
  return (
    <div className="shell-cover">
      <div
        role="alertdialog"
        aria-labelledby="cover-title"
        aria-describedby="cover-help"
        className="shell-cover-card"
      >
        <Text component="h2" id="cover-title" fz={20} fw={650} m={0} mb={8}>
          {t(`app.${connection}.title`)}
        </Text>
        <Text id="cover-help" c="dimmed">
          {t(`app.${connection}.help`)}
        </Text>
        {connection === 'superseded' ? (
          <Button mt="lg" autoFocus onClick={() => window.location.reload()}>
            {t('app.superseded.useHere')}
          </Button>
        ) : null}
      </div>
    </div>
  );
}
