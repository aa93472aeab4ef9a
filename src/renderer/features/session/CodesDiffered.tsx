import { Button, Group, Text } from '@mantine/core';
import { IconShieldX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Sentence } from '../../i18n/Sentence';
import { useModel } from '../../state/AppModelContext';
import type { SessionView } from '../../state/views';
import './VerifyStep.css';

/** The end of a session whose codes differed: what that may mean, and what to do. */
export function CodesDiffered({ session }: { session: SessionView }) {
  const { t } = useTranslation();
  const model = useModel();
  const names = { name: session.title };
  return (
    <div className="verify">
      <IconShieldX size={48} stroke={1.4} color="var(--app-bad)" aria-hidden />
      <div className="codes-differed wrap-anywhere">
        <Text component="h2" fz={22} fw={650} m={0} mb="xs" ta="center">
          {t('ends.code-mismatch.title')}
        </Text>
        <Text>
          <Sentence k="verify.differed.lead" names={names} />
        </Text>
        <ul>
          <li>{t('verify.differed.causes.inBetween')}</li>
          <li>{t('verify.differed.causes.misread')}</li>
        </ul>
        <Text mt="sm">{t('verify.differed.todo')}</Text>
      </div>
      <Group gap="xs" justify="center">
        <Button variant="default" onClick={() => model.core.dismiss(session.sessionId)}>
          {t('app.close')}
        </Button>
        <Button onClick={() => model.tryAgain(session.sessionId)}>{t('app.tryAgain')}</Button>
      </Group>
    </div>
  );
}
