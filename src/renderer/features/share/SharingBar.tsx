import { Button } from '@mantine/core';
import {
  IconBroadcast,
  IconBroadcastOff,
  IconPlayerPause,
  IconPlayerPlay,
  IconReplace,
} from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useModel } from '../../state/AppModelContext';
import type { CaptureView } from '../../state/views';
import { OwnSound } from './OwnSound';
import { useOwnHeight } from '../../ui/useOwnHeight';
import { ShareWords } from './ShareWords';
import { useChangeShare, useScreenCapture } from './useChooseShare';
import './SharingBar.css';

/** Says in every view that this screen is captured and who sees it, for as long as it is. */
export function SharingBar() {
  const { t } = useTranslation();
  const capture = useScreenCapture();
  const bar = useRef<HTMLDivElement>(null);
  useOwnHeight(bar, '--sharing-bar-height', capture !== null);
  if (!capture) return null;
  const isWatched = capture.watchers.length > 0;
  const isLive = isWatched && capture.mute === 'none';
  const Sign = isLive ? IconBroadcast : IconBroadcastOff;
  return (
    <div
      ref={bar}
      className="sharing-bar"
      data-live={isLive}
      role="region"
      aria-label={t(isWatched ? 'share.region' : 'share.unwatchedRegion')}
    >
      <Sign size={19} aria-hidden className="no-shrink" />
      <span className="sharing-bar-words">
        <ShareWords capture={capture} />
      </span>
      <OwnSound isCompact />
      <Buttons capture={capture} />
    </div>
  );
}

function Buttons({ capture: { mute, watchers } }: { capture: CaptureView }) {
  const { t } = useTranslation();
  const model = useModel();
  const change = useChangeShare();
  const isPaused = mute === 'paused';
  const stop = watchers.length > 1 ? 'stopForAll' : 'stop';
  return (
    <div className="sharing-bar-buttons">
      {watchers.length > 0 ? (
        <>
          <Button
            {...quiet}
            leftSection={isPaused ? <IconPlayerPlay size={15} /> : <IconPlayerPause size={15} />}
            onClick={() => model.core.setMuted('screen', !isPaused)}
          >
            {t(isPaused ? 'share.resume' : 'share.pause')}
          </Button>
          <Button {...quiet} leftSection={<IconReplace size={15} />} onClick={change}>
            {t('share.change')}
          </Button>
        </>
      ) : null}
      <Button size="xs" variant="white" color="ember" onClick={() => model.core.stopCapture('screen')}>
        {t(watchers.length === 0 ? 'share.stopUnwatched' : `share.${stop}`)}
      </Button>
    </div>
  );
}

const quiet = { size: 'xs', variant: 'transparent', color: 'white' } as const;
