import { Text } from '@mantine/core';
import { IconPlayerPause, IconWindowMinimize } from '@tabler/icons-react';
import { type KeyboardEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Sentence } from '../../i18n/Sentence';
import { useModel } from '../../state/AppModelContext';
import type { DrawerTab } from '../../state/uiState';
import type { SessionView, ShareView } from '../../state/views';
import { useIdle } from '../../ui/useIdle';
import { VideoView } from '../../ui/VideoView';
import { ScreenChip } from './ScreenChip';
import { SoundControl } from './SoundControl';
import { StageToolbar, stageKeys } from './StageToolbar';
import { useStageView } from './useStageView';
import { useZoom } from './useZoom';

interface RemoteScreenProps {
  session: SessionView;
  share: ShareView;
}

/** The other side's screen. The stage takes the focus, and then its keys; what can be done with it hides when nobody moves. */
export function RemoteScreen({ session, share }: RemoteScreenProps) {
  const { t } = useTranslation();
  const { title: name } = session;
  const scroller = useRef<HTMLDivElement>(null);
  const video = useRef<HTMLVideoElement>(null);
  const view = useStageView(video, useDrawerAway());
  const zoom = useZoom(scroller, video);
  const isIdle = useIdle();
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.toLowerCase();
    if (key === stageKeys.scale) zoom.setZoom(zoom.zoom === 'fit' ? 100 : 'fit');
    else if (key === stageKeys.fullscreen) view.toggleFullscreen();
    else if (key === stageKeys.pip && view.canPip) view.togglePip();
    else return;
    event.preventDefault();
  };
  return (
    <div
      className="stage-screen"
      data-scale={zoom.zoom === 'fit' ? 'fit' : 'actual'}
      data-idle={isIdle || undefined}
      onKeyDown={onKeyDown}
    >
      <div
        ref={scroller}
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
          style={zoom.size ?? undefined}
          data-testid="remote-video"
          aria-label={t('session.stage.remote', { name })}
        />
      </div>
      {share.mute === 'none' ? null : <Muted mute={share.mute} name={name} />}
      <div className="stage-top">
        <ScreenChip session={session} video={video} />
        <div className="stage-controls">
          {session.remoteSound ? (
            <SoundControl sessionId={session.sessionId} sound={session.remoteSound} />
          ) : null}
          <StageToolbar view={view} zoom={zoom} />
        </div>
      </div>
    </div>
  );
}

/** Closes the drawer for the picture, and opens what was open when that is over. */
function useDrawerAway(): (isOn: boolean) => void {
  const model = useModel();
  const before = useRef<DrawerTab | 'closed'>('closed');
  return (isOn) => {
    const { drawer } = model.store.getState().ui;
    if (isOn) {
      before.current = drawer;
      model.closeDrawer();
    } else if (before.current !== 'closed' && drawer === 'closed') model.toggleDrawer(before.current);
  };
}

/** Says why there is no picture, over the black or the last one that stands there meanwhile. */
function Muted({ mute, name }: { mute: Exclude<ShareView['mute'], 'none'>; name: string }) {
  const { t } = useTranslation();
  const Icon = mute === 'paused' ? IconPlayerPause : IconWindowMinimize;
  return (
    <div className="stage-muted" data-mute={mute}>
      <div className="stage-muted-words">
        <Icon size={36} stroke={1.4} aria-hidden />
        <Text fz={20} fw={650}>
          <Sentence k={`session.stage.${mute}`} names={{ name }} />
        </Text>
        <Text>{t(`session.stage.${mute}Help`)}</Text>
      </div>
    </div>
  );
}
