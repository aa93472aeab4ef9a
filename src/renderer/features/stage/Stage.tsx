import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Sentence } from '../../i18n/Sentence';
import { pathWords, trustMarkWords } from '../../i18n/words';
import { useApp } from '../../state/AppModelContext';
import { peerTrust } from '../../state/deviceTrust';
import type { SessionView } from '../../state/views';
import { DevicePicture } from '../../ui/device/DevicePicture';
import { TrustMark } from '../../ui/device/TrustMark';
import { RemoteScreen } from './RemoteScreen';
import './Stage.css';

interface StageProps {
  session: SessionView;
  /** What stands for this side's share, from its own feature. */
  ownShare: ReactNode;
}

/** What a session shows: the other side's screen, or what this one shares, or who is here. */
export function Stage({ session, ownShare }: StageProps) {
  const { t } = useTranslation();
  const { localShare, remoteShare } = session;
  return (
    <section
      className="stage"
      data-sharing={localShare !== null || undefined}
      aria-label={t('session.stage.label')}
    >
      {remoteShare ? (
        <RemoteScreen key={remoteShare.stream.id} session={session} share={remoteShare} />
      ) : localShare ? (
        ownShare
      ) : (
        <Tiles session={session} />
      )}
    </section>
  );
}

/** Nobody shows anything: who is here, each as large as the other. */
function Tiles({ session }: { session: SessionView }) {
  const { t } = useTranslation();
  const device = useApp((state) => state.core.app?.device ?? null);
  const name = useApp((state) => state.core.settings?.name ?? '');
  const mark = trustMarkWords(t, peerTrust(session.security?.trust));
  const isWhole = session.ownRights.share && session.ownRights.sendFiles;
  return (
    <div className="stage-tiles">
      <div className="stage-tile">
        {session.peer ? <DevicePicture deviceId={session.peer.deviceId} size={72} /> : null}
        <span className="stage-tile-name">
          <bdi>{session.title}</bdi> {mark ? <TrustMark {...mark} /> : null}
        </span>
        {session.path ? <span className="stage-tile-path">{pathWords(t, session.path).short}</span> : null}
      </div>
      <div className="stage-tile">
        {device ? <DevicePicture deviceId={device.deviceId} size={72} /> : null}
        <span className="stage-tile-name">
          <bdi>{name}</bdi> <span className="stage-tile-you">{t('session.people.you')}</span>
        </span>
        {/* The two pictures stay at one height. */}
        {session.path ? <span className="stage-tile-path">{'\u00a0'}</span> : null}
      </div>
      <Text c="dimmed" ta="center" size="sm" className="stage-hint wrap-anywhere">
        <Sentence
          k={isWhole ? 'session.stage.emptyHelp' : 'session.stage.guestHelp'}
          names={{ name: session.title }}
        />
      </Text>
    </div>
  );
}
