import { Button, Text } from '@mantine/core';
import { IconBroadcast, IconBroadcastOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useModel } from '../../state/AppModelContext';
import { OwnSound } from './OwnSound';
import { ShareWords } from './ShareWords';
import './OwnShare.css';
import { useScreenCapture } from './useChooseShare';

const HELPS = {
  none: 'share.own.help',
  paused: 'share.own.pausedHelp',
  hidden: 'share.own.hiddenHelp',
} as const;

/** What is shared, and with whom, in place of a picture of it: that would show itself, and itself in that, to who watches. */
export function OwnShare() {
  const { t } = useTranslation();
  const model = useModel();
  const capture = useScreenCapture();
  if (!capture) return null;
  const { mute } = capture;
  const Sign = mute === 'none' ? IconBroadcast : IconBroadcastOff;
  return (
    <div className="stage-message own-share" data-live={mute === 'none'} data-testid="own-share">
      <Sign size={40} stroke={1.4} aria-hidden />
      <Text component="h2" fz={20} fw={650} m={0} ta="center" className="wrap-anywhere">
        <ShareWords capture={capture} />
      </Text>
      <Text c="dimmed" ta="center">
        {capture.region ? `${t('share.part.note')} ` : ''}
        {t(HELPS[mute])}
      </Text>
      <OwnSound />
      {mute === 'paused' ? (
        <Button mt="xs" variant="default" onClick={() => model.core.setMuted('screen', false)}>
          {t('share.resume')}
        </Button>
      ) : null}
    </div>
  );
}
