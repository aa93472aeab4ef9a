import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useModel } from '../../state/AppModelContext';

/** Why nobody can be invited yet, and the way to where that changes. */
export function NoRelay() {
  const { t } = useTranslation();
  const model = useModel();
  return (
    <>
      <Text fw={600}>{t('invites.noRelay.title')}</Text>
      <Text size="sm" c="dimmed">
        {t('invites.noRelay.help')}
      </Text>
      <Group justify="flex-end" mt="md">
        <Button data-autofocus onClick={() => model.open({ kind: 'settings', tab: 'beyond' })}>
          {t('invites.noRelay.action')}
        </Button>
      </Group>
    </>
  );
}
