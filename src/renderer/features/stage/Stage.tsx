import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SessionView } from '../../state/views';
import { CameraPanel } from './CameraPanel';
import { PersonTiles } from './PersonTiles';
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
        <PersonTiles session={session} />
      )}
      {remoteShare || localShare ? <CameraPanel session={session} /> : null}
    </section>
  );
}
