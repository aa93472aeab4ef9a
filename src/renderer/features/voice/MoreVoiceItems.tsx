import { Menu } from '@mantine/core';
import { IconMicrophoneOff, IconSettings } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useModel } from '../../state/AppModelContext';
import type { SessionView } from '../../state/views';

/** What the menus beside microphone and camera have, where there is no room for these. */
export function MoreVoiceItems({ session }: { session: SessionView }) {
  const { t } = useTranslation();
  const model = useModel();
  return (
    <>
      {session.localVoice ? (
        <Menu.Item
          leftSection={<IconMicrophoneOff size={17} />}
          onClick={() => model.core.user.turnOff(session.sessionId, 'microphone')}
        >
          {t('voice.mic.turnOff')}
        </Menu.Item>
      ) : null}
      <Menu.Item leftSection={<IconSettings size={17} />} onClick={() => model.open({ kind: 'voice' })}>
        {t('voice.devices.settings')}
      </Menu.Item>
    </>
  );
}
