import { Button, Group, Stack, Text, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Sentence } from '../../i18n/Sentence';
import { trustMarkWords } from '../../i18n/words';
import { useModel } from '../../state/AppModelContext';
import { isImpostor, peerTrust } from '../../state/deviceTrust';
import type { SessionView } from '../../state/views';
import { DevicePicture } from '../../ui/device/DevicePicture';
import { Name } from '../../ui/device/Name';
import { Prompt } from '../../ui/Prompt';
import { TrustMark } from '../../ui/device/TrustMark';

/** Another device asks for a session. */
export function RequestPrompt({ session }: { session: SessionView }) {
  const { t } = useTranslation();
  const model = useModel();
  const { peer, sessionId, title } = session;
  const isDoubtful = isImpostor(session);
  const silence = () => {
    model.putOff(sessionId);
    model.open({ kind: 'settings', tab: 'trust' });
  };
  return (
    <Prompt
      title={<Sentence k="home.request.title" names={{ name: title }} />}
      quietHint={t('app.jumpToRequest')}
      closeLabel={t('app.later')}
      onLater={() => model.putOff(sessionId)}
      actions={
        <>
          <Button variant="subtle" color="gray" onClick={() => model.putOff(sessionId)}>
            {t('app.later')}
          </Button>
          <Button variant={isDoubtful ? 'filled' : 'default'} onClick={() => model.core.decline(sessionId)}>
            {t('app.decline')}
          </Button>
          <Button variant={isDoubtful ? 'default' : 'filled'} onClick={() => model.acceptRequest(sessionId)}>
            {t('app.accept')}
          </Button>
        </>
      }
    >
      <Stack gap="md">
        {peer ? <Asker peer={peer} session={session} /> : null}
        <Text>
          {t('home.request.help')} {session.security?.isVerified === true ? null : t('trust.codeFollows')}
        </Text>
        <UnstyledButton className="text-button request-silence" onClick={silence}>
          {t('requests.silence')}
        </UnstyledButton>
      </Stack>
    </Prompt>
  );
}

/** Who asks: picture, name, and what is known of the device. */
function Asker({ peer, session }: { peer: NonNullable<SessionView['peer']>; session: SessionView }) {
  const { t } = useTranslation();
  const mark = trustMarkWords(t, peerTrust(session.security?.trust));
  const platform = t(`app.platform.${peer.platform}`);
  return (
    <Group gap="sm" wrap="nowrap" align="flex-start">
      <DevicePicture deviceId={peer.deviceId} size={44} />
      <div className="grow">
        <Name fw={600}>{session.title}</Name>
        <Text size="sm" c="dimmed">
          {t('home.request.detail', { platform, version: peer.appVersion })}
        </Text>
        <Text size="sm" c={mark?.tone === 'bad' ? 'var(--app-bad)' : 'dimmed'} className="wrap-anywhere">
          {mark ? <TrustMark {...mark} size={15} isBesideWords /> : null}{' '}
          <bdi>{mark?.label ?? t('trust.unknown')}</bdi>
        </Text>
      </div>
    </Group>
  );
}
