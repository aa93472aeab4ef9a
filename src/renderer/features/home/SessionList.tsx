import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Sentence } from '../../i18n/Sentence';
import { useApp, useModel } from '../../state/AppModelContext';
import type { SessionView } from '../../state/views';
import { DevicePicture } from '../../ui/device/DevicePicture';
import { Name } from '../../ui/device/Name';
import { Section } from '../../ui/Section';
import { PhaseDot } from '../../ui/device/PhaseDot';
import './SessionList.css';

/** The sessions there are, and the requests that wait for an answer. Nothing when there are none. */
export function SessionList() {
  const { t } = useTranslation();
  const sessions = useApp((state) => state.core.sessions);
  if (sessions.length === 0) return null;
  return (
    <Section title={t('home.sessions.title')}>
      <ul className="session-list">
        {sessions.map((session) => (
          <li key={session.sessionId} className="session-list-row">
            {session.peer ? <DevicePicture deviceId={session.peer.deviceId} size={34} /> : null}
            <div className="grow">{<Summary session={session} />}</div>
            <Actions session={session} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Summary({ session }: { session: SessionView }) {
  const { t } = useTranslation();
  if (session.state.phase === 'asked') {
    return (
      <Text fw={550} truncate title={session.title}>
        <Sentence k="home.sessions.wants" names={{ name: session.title }} />
      </Text>
    );
  }
  return (
    <>
      <Name fw={550}>{session.title}</Name>
      <Text size="xs" c="dimmed" className="session-list-state">
        <PhaseDot phase={session.state.phase} />
        {t(`session.state.${session.state.phase}`)}
      </Text>
    </>
  );
}

function Actions({ session }: { session: SessionView }) {
  const { t } = useTranslation();
  const model = useModel();
  const { sessionId } = session;
  if (session.state.phase === 'asked') {
    return (
      <Group gap="xs" wrap="nowrap">
        <Button size="xs" variant="default" onClick={() => model.core.decline(sessionId)}>
          {t('app.decline')}
        </Button>
        <Button size="xs" onClick={() => model.acceptRequest(sessionId)}>
          {t('app.accept')}
        </Button>
      </Group>
    );
  }
  return (
    <Group gap="xs" wrap="nowrap">
      {session.state.phase === 'ended' ? (
        <Button size="xs" variant="subtle" color="gray" onClick={() => model.core.dismiss(sessionId)}>
          {t('app.dismiss')}
        </Button>
      ) : null}
      <Button size="xs" variant="default" onClick={() => model.show({ kind: 'session', sessionId })}>
        {t('home.sessions.open')}
      </Button>
    </Group>
  );
}
