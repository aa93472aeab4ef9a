import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Sentence } from '../../i18n/Sentence';
import { pathWords, trustMarkWords } from '../../i18n/words';
import { useApp } from '../../state/AppModelContext';
import { peerTrust } from '../../state/deviceTrust';
import type { SessionView, ShareView } from '../../state/views';
import { useOwnVoice, useTheirVoice } from '../../state/voice/useVoiceState';
import { DevicePicture } from '../../ui/device/DevicePicture';
import { TrustMark } from '../../ui/device/TrustMark';
import { VideoView } from '../../ui/VideoView';
import { VoiceMark, type VoiceState } from '../../ui/VoiceMark';

/** Nobody shows a screen: who is here, each as large as the other, with their cameras where they are on. */
export function PersonTiles({ session }: { session: SessionView }) {
  const { t } = useTranslation();
  const device = useApp((state) => state.core.app?.device ?? null);
  const name = useApp((state) => state.core.settings?.name ?? '');
  const mark = trustMarkWords(t, peerTrust(session.security?.trust));
  const isWhole = session.ownRights.share && session.ownRights.sendFiles;
  const theirs = useTheirVoice(session);
  const own = useOwnVoice(session);
  const path = session.path ? pathWords(t, session.path).short : null;
  return (
    <div className="stage-tiles">
      <PersonTile
        deviceId={session.peer?.deviceId ?? null}
        camera={session.remoteCamera}
        cameraLabel={t('voice.cam.theirs', { name: session.title })}
        voice={theirs}
        path={path}
      >
        <bdi>{session.title}</bdi> {mark ? <TrustMark {...mark} /> : null}
      </PersonTile>
      <PersonTile
        deviceId={device?.deviceId ?? null}
        camera={session.localCamera}
        cameraLabel={t('voice.cam.own')}
        isOwn
        voice={own}
        // The two pictures stay at one height.
        path={path === null ? null : '\u00a0'}
      >
        <bdi>{name}</bdi> <span className="stage-tile-you">{t('session.people.you')}</span>
      </PersonTile>
      <Text c="dimmed" ta="center" size="sm" className="stage-hint wrap-anywhere">
        <Sentence
          k={isWhole ? 'session.stage.emptyHelp' : 'session.stage.guestHelp'}
          names={{ name: session.title }}
        />
      </Text>
    </div>
  );
}

interface PersonTileProps {
  deviceId: string | null;
  camera: ShareView | null;
  cameraLabel: string;
  isOwn?: boolean;
  /** `off` of somebody who has never spoken says nothing. */
  voice: VoiceState;
  path: string | null;
  children: ReactNode;
}

function PersonTile({ deviceId, camera, cameraLabel, isOwn, voice, path, children }: PersonTileProps) {
  const { t } = useTranslation();
  const shown = camera?.mute === 'none' ? camera : null;
  return (
    <div
      className="stage-tile"
      data-speaking={voice === 'speaking' || undefined}
      data-camera={shown ? true : undefined}
    >
      {shown ? (
        <VideoView
          stream={shown.stream}
          className={isOwn ? 'stage-tile-camera camera-mirrored' : 'stage-tile-camera'}
          data-testid={isOwn ? 'own-camera' : 'remote-camera'}
          aria-label={cameraLabel}
        />
      ) : deviceId === null ? null : (
        <DevicePicture deviceId={deviceId} size={72} />
      )}
      <span className="stage-tile-name">
        {voice === 'off' ? null : <VoiceMark state={voice} label={t(`voice.state.${voice}`)} />} {children}
      </span>
      {path === null || shown ? null : <span className="stage-tile-path">{path}</span>}
    </div>
  );
}
