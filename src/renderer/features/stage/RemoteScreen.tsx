import { Text } from '@mantine/core';
import { IconPlayerPause, IconWindowMinimize } from '@tabler/icons-react';
import { type KeyboardEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Sentence } from '../../i18n/Sentence';
import type { ShareView } from '../../state/views';
import { VideoView } from '../../ui/VideoView';
import { StageToolbar, stageKeys } from './StageToolbar';
import { useStageView } from './useStageView';

/** The other side's screen. The stage takes the focus, and then its keys. */
export function RemoteScreen({ share, name }: { share: ShareView; name: string }) {
  const { t } = useTranslation();
  const stage = useRef<HTMLDivElement>(null);
  const video = useRef<HTMLVideoElement>(null);
  const view = useStageView(stage, video);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.toLowerCase();
    if (key === stageKeys.scale) view.toggleScale();
    else if (key === stageKeys.fullscreen) view.toggleFullscreen();
    else if (key === stageKeys.pip && view.canPip) view.togglePip();
    else return;
    event.preventDefault();
  };
  return (
    <div ref={stage} className="stage-screen" data-scale={view.scale} onKeyDown={onKeyDown}>
      <div
        className="stage-scroll"
        tabIndex={0}
        role="group"
        aria-label={t('session.stage.remote', { name })}
        onDoubleClick={view.toggleFullscreen}
      >
        <VideoView
          ref={video}
          stream={share.stream}
          className="stage-video"
          data-testid="remote-video"
          aria-label={t('session.stage.remote', { name })}
        />
      </div>
      {share.mute === 'none' ? null : <Muted mute={share.mute} name={name} />}
      <StageToolbar view={view} />
    </div>
  );
}

/** Says why there is no picture, over the black or the last one that stands there meanwhile. */
function Muted({ mute, name }: { mute: Exclude<ShareView['mute'], 'none'>; name: string }) {
  const { t } = useTranslation();
  const Icon = mute === 'paused' ? IconPlayerPause : IconWindowMinimize;
  return (
    <div className="stage-muted">
      <Icon size={36} stroke={1.4} aria-hidden />
      <Text fz={20} fw={650}>
        <Sentence k={`session.stage.${mute}`} names={{ name }} />
      </Text>
      <Text>{t(`session.stage.${mute}Help`)}</Text>
    </div>
  );
}
