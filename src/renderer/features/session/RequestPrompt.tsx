import { Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Sentence } from '../../i18n/Sentence';
import { useModel } from '../../state/AppModelContext';
import type { SessionView } from '../../state/views';
import { PlatformIcon } from '../../ui/PlatformIcon';
import { Prompt } from '../../ui/Prompt';

/** Another device asks for a session. */
export function RequestPrompt({ session, moreCount }: { session: SessionView; moreCount: number }) {
  const { t } = useTranslation();
  const model = useModel();
  const { peer, sessionId, title } = session;
  return (
    <Prompt
      title={<Sentence k="home.request.title" names={{ name: title }} />}
      label={t('home.request.region')}
      quietHint={t('app.jumpToRequest')}
      closeLabel={t('app.later')}
      onLater={() => model.putOff(sessionId)}
    >
      <Stack gap="md">
        {peer ? (
          <Group gap="xs" c="dimmed">
            <PlatformIcon platform={peer.platform} size={18} />
            <Text size="sm">
              {t('home.request.detail', {
                platform: t(`app.platform.${peer.platform}`),
                version: peer.appVersion,
              })}
            </Text>
          </Group>
        ) : null}
        <Text>{t('home.request.help')}</Text>
        {moreCount > 0 ? (
          <Text size="sm" c="dimmed">
            {t('home.request.more', { count: moreCount })}
          </Text>
        ) : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="subtle" color="gray" onClick={() => model.putOff(sessionId)}>
            {t('app.later')}
          </Button>
          <Button variant="default" onClick={() => model.core.decline(sessionId)}>
            {t('app.decline')}
          </Button>
          <Button onClick={() => model.acceptRequest(sessionId)}>{t('app.accept')}</Button>
        </Group>
      </Stack>
    </Prompt>
  );
}
