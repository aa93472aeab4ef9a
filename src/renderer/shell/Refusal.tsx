import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** What a page shows that was opened without the key to its backend. */
export function Refusal() {
  const { t } = useTranslation();
  return (
    <main className="shell-cover">
      <div className="shell-cover-card">
        <Text component="h1" fz={20} fw={650} m={0} mb={8}>
          {t('app.noKey.title')}
        </Text>
        <Text c="dimmed">{t('app.noKey.help')}</Text>
      </div>
    </main>
  );
}
