import { Button, Menu, Text } from '@mantine/core';
import { IconChevronUp, IconMicrophoneOff, IconSettings } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat';
import { useModel } from '../../state/AppModelContext';
import type { SessionView } from '../../state/views';
import { useUserCapture } from '../../state/voice/useVoice';
import { LevelBar } from './LevelBar';
import { DeviceItems } from './DeviceItems';

/** Which microphone, how loud it is, who hears it, and turning it off. */
export function MicMenu({ session }: { session: SessionView }) {
  const { t } = useTranslation();
  const model = useModel();
  return (
    <Menu position="top-start" width={300} withinPortal>
      <Menu.Target>
        <Button variant="subtle" color="gray" className="voice-more" aria-label={t('voice.mic.more')}>
          <IconChevronUp size={14} aria-hidden />
        </Button>
      </Menu.Target>
      <Menu.Dropdown className="voice-menu">
        {session.localVoice ? <OwnLevel sessionId={session.sessionId} /> : null}
        <DeviceItems kind="microphone" />
        <DeviceItems kind="speaker" />
        <Menu.Divider />
        {session.localVoice ? (
          <Menu.Item
            leftSection={<IconMicrophoneOff size={16} />}
            onClick={() => model.core.user.turnOff(session.sessionId, 'microphone')}
          >
            {t('voice.mic.turnOff')}
          </Menu.Item>
        ) : null}
        <Menu.Item leftSection={<IconSettings size={16} />} onClick={() => model.open({ kind: 'voice' })}>
          {t('voice.devices.settings')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function OwnLevel({ sessionId }: { sessionId: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const capture = useUserCapture('microphone');
  if (!capture) return null;
  const others = capture.watchers.filter((each) => each.sessionId !== sessionId).map(({ title }) => title);
  return (
    <div className="voice-own">
      <LevelBar stream={capture.stream} />
      {others.length > 0 ? (
        <Text size="xs">{t('voice.mic.alsoHeard', { names: format.list(others) })}</Text>
      ) : null}
      {capture.mute === 'paused' ? (
        <Text size="xs" c="dimmed">
          {t('voice.mic.mutedNote')}
        </Text>
      ) : null}
    </div>
  );
}
