import { Text } from '@mantine/core';
import { IconScreenShare } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Sentence } from '../../i18n/Sentence';
import type { SessionView, ShareView } from '../../state/views';
import { VideoView } from '../../ui/VideoView';
import { RemoteScreen } from './RemoteScreen';
import './Stage.css';

interface StageProps {
  session: SessionView;
  /** Buttons for the empty stage. */
  actions: ReactNode;
}

/** The screens of a session: theirs large, mine as they see it. */
export function Stage({ session, actions }: StageProps) {
  const { t } = useTranslation();
  const { localShare, remoteShare, title } = session;
  return (
    <section className="stage" aria-label={t('session.stage.label')}>
      {remoteShare ? <RemoteScreen key={remoteShare.stream.id} share={remoteShare} name={title} /> : null}
      {localShare ? <Preview share={localShare} name={title} isAlone={remoteShare === null} /> : null}
      {remoteShare || localShare ? null : (
        <div className="stage-message">
          <span className="stage-sign">
            <IconScreenShare size={36} stroke={1.4} aria-hidden />
          </span>
          <Text component="h2" fz={20} fw={650} m={0}>
            {t('session.stage.emptyTitle')}
          </Text>
          <Text c="dimmed" maw={460} ta="center" className="wrap-anywhere">
            <Sentence k="session.stage.emptyHelp" names={{ name: title }} />
          </Text>
          <div className="stage-actions">{actions}</div>
        </div>
      )}
    </section>
  );
}

/** Small, since a picture of the own screen on that screen mirrors itself. */
function Preview({ share, name, isAlone }: { share: ShareView; name: string; isAlone: boolean }) {
  return (
    <figure className="stage-preview" data-alone={isAlone || undefined}>
      <VideoView stream={share.stream} data-testid="local-video" aria-hidden />
      <figcaption>
        <Sentence k={previewWords[share.mute]} names={{ name }} />
      </figcaption>
    </figure>
  );
}

const previewWords = {
  none: 'session.stage.preview',
  paused: 'session.stage.previewPaused',
  hidden: 'session.stage.previewHidden',
} as const;
