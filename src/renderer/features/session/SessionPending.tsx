import { Button, Group, Loader, Stack, Text } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { EndReason } from '../../../shared/protocol/endReason';
import { Sentence } from '../../i18n/Sentence';
import { endKey } from '../../i18n/words';
import { useApp, useModel } from '../../state/AppModelContext';
import type { SessionState, SessionView } from '../../state/views';
import { CheckButton } from '../../ui/CheckButton';
import { Countdown } from '../../ui/prompt/Countdown';
import { CodesDiffered } from './CodesDiffered';
import { VerifyStep } from './VerifyStep';

/** Ends that the network, and no person, may be the reason of. */
const NETWORK_REASONS: ReadonlySet<EndReason> = new Set<EndReason>([
  'unreachable',
  'lost',
  'not-hither',
  'wrong-device',
]);

/** What stands in place of the stage while there is no connection: before it, and after it. */
export function SessionPending({ session }: { session: SessionView }) {
  const { state } = session;
  switch (state.phase) {
    case 'dialing':
    case 'asking':
    case 'connecting':
      return <Waiting session={session} phase={state.phase} />;
    case 'asked':
      return <Asked session={session} />;
    case 'verifying':
      return <VerifyStep key={session.sessionId} session={session} />;
    case 'ended':
      return state.reason === 'code-mismatch' ? (
        <CodesDiffered session={session} />
      ) : (
        <Ended session={session} state={state} />
      );
    case 'connected':
    case 'reconnecting':
      return null;
  }
}

interface MessageProps {
  sign: ReactNode;
  title: ReactNode;
  help: ReactNode;
  children: ReactNode;
}

function Message({ sign, title, help, children }: MessageProps) {
  return (
    <Stack align="center" justify="center" gap="xs" className="stage-message">
      {sign}
      <Text
        component="h2"
        fz={20}
        fw={650}
        m={0}
        mt="sm"
        ta="center"
        className="wrap-anywhere"
        tabIndex={-1}
        data-landing
      >
        {title}
      </Text>
      <Text c="dimmed" ta="center" maw={520} className="wrap-anywhere">
        {help}
      </Text>
      <Group gap="xs" mt="md" justify="center">
        {children}
      </Group>
    </Stack>
  );
}

function Waiting({ session, phase }: { session: SessionView; phase: 'dialing' | 'asking' | 'connecting' }) {
  const { t } = useTranslation();
  const model = useModel();
  const hasFiles = useApp(({ ui }) =>
    ui.sendings.some((each) => each.sessionId === session.sessionId && each.thing.kind === 'files'),
  );
  return (
    <Message
      sign={<Loader type="dots" size="lg" aria-hidden />}
      title={<Sentence k={`session.waiting.${phase}.title`} names={{ name: session.title }} />}
      help={
        <>
          {t(`session.waiting.${phase}.help`)} <Countdown untilMs={session.waitsUntilMs} />
          {hasFiles ? <FilesFollow name={session.title} /> : null}
        </>
      }
    >
      <Button variant="default" onClick={() => model.core.leave(session.sessionId)}>
        {t(phase === 'connecting' ? 'session.leave' : 'session.cancelRequest')}
      </Button>
      {/* The first link may take half a minute where it does not come about: what was tried so far can be seen. */}
      {phase === 'connecting' ? (
        <CheckButton session={session} onOpen={(check) => model.open(check)} />
      ) : null}
    </Message>
  );
}

function FilesFollow({ name }: { name: string }) {
  return <Sentence k="session.filesFollow" names={{ name }} />;
}

function Asked({ session }: { session: SessionView }) {
  const { t } = useTranslation();
  const model = useModel();
  return (
    <Message
      sign={null}
      title={<Sentence k="home.request.title" names={{ name: session.title }} />}
      help={t('home.request.help')}
    >
      <Button variant="default" onClick={() => model.core.decline(session.sessionId)}>
        {t('app.decline')}
      </Button>
      <Button onClick={() => model.acceptRequest(session.sessionId)}>{t('app.accept')}</Button>
    </Message>
  );
}

function Ended({
  session,
  state,
}: {
  session: SessionView;
  state: Extract<SessionState, { phase: 'ended' }>;
}) {
  const { t } = useTranslation();
  const model = useModel();
  const key = endKey(state.reason, state.by === 'me');
  const names = { name: session.title };
  return (
    <Message
      sign={<IconPlugConnectedX size={44} stroke={1.3} color="var(--mantine-color-dimmed)" aria-hidden />}
      title={<Sentence k={`ends.${key}.title`} names={names} />}
      help={<Sentence k={`ends.${key}.help`} names={names} />}
    >
      <Button variant="default" onClick={() => model.core.dismiss(session.sessionId)}>
        {t('app.close')}
      </Button>
      {NETWORK_REASONS.has(state.reason) ? (
        <CheckButton session={session} isFailed onOpen={(check) => model.open(check)} />
      ) : null}
      <Button onClick={() => model.tryAgain(session.sessionId)}>{t('app.tryAgain')}</Button>
    </Message>
  );
}
