import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Sentence } from '../../i18n/Sentence';
import { useModel } from '../../state/AppModelContext';
import { promptId } from '../../state/uiState';
import type { SessionView } from '../../state/views';
import { DevicePicture } from '../../ui/device/DevicePicture';
import { Prompt } from '../../ui/prompt/Prompt';
import { useChooseShare, useScreenCapture } from './useChooseShare';

/** The other person asks to see this screen. */
export function ViewPrompt({ session }: { session: SessionView }) {
  const { t } = useTranslation();
  const model = useModel();
  const choose = useChooseShare(session.sessionId);
  const hasCapture = useScreenCapture() !== null;
  const putOff = () => model.putOff(promptId({ kind: 'view', session }));
  return (
    <Prompt
      title={<Sentence k="share.view.title" names={{ name: session.title }} />}
      quietHint={t('app.jumpToRequest')}
      closeLabel={t('app.later')}
      onLater={putOff}
      actions={
        <>
          <Button variant="default" onClick={() => model.core.declineView(session.sessionId)}>
            {t('share.view.notNow')}
          </Button>
          <Button
            onClick={() => {
              // The question stays open until a share answers it: the choice may be cancelled.
              putOff();
              model.show({ kind: 'session', sessionId: session.sessionId });
              choose();
            }}
          >
            {t(hasCapture ? 'share.view.showCurrent' : 'share.view.choose')}
          </Button>
        </>
      }
    >
      <Group gap="sm" wrap="nowrap" align="flex-start">
        {session.peer ? <DevicePicture deviceId={session.peer.deviceId} size={44} /> : null}
        <Text className="grow">{t(hasCapture ? 'share.view.helpCurrent' : 'share.view.help')}</Text>
      </Group>
    </Prompt>
  );
}
