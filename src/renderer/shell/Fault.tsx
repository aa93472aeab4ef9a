import { Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** What stands where a fault in the page's own code left nothing to show. */
export function Fault() {
  const { t } = useTranslation();
  return (
    <div className="shell-cover">
      <div role="alert" className="shell-cover-card">
        <Text component="h2" fz={20} fw={650} m={0} mb={8}>
          {t('app.bug.title')}
        </Text>
        <Text c="dimmed">{t('app.bug.help')}</Text>
        <Button mt="lg" onClick={() => window.location.reload()}>
          {t('app.bug.reload')}
        </Button>
      </div>
    </div>
  );
}
