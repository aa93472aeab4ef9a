import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { OpenedLinkPrompt } from '../features/connect/OpenedLinkPrompt';
import { RecordingPrompt } from '../features/recording/RecordingPrompt';
import { RequestPrompt } from '../features/session/RequestPrompt';
import { ViewPrompt } from '../features/share/ViewPrompt';
import { FolderChoice } from '../features/transfers/offer/FolderChoice';
import { OfferPrompt } from '../features/transfers/offer/OfferPrompt';
import { useModel } from '../state/AppModelContext';
import { usePrompts } from '../state/selectors';
import type { Prompt } from '../state/uiState';
import './PromptTray.css';

/** The questions that wait for this person: the oldest in full, the others counted; those put off can be brought back. */
export function PromptTray() {
  const { t } = useTranslation();
  const model = useModel();
  const { prompts, laterIds } = usePrompts();
  const [first] = prompts;
  if (!first && laterIds.length === 0) return null;
  return (
    <section className="prompt-tray" aria-label={t('app.prompts.region')}>
      {first ? <Question prompt={first} /> : null}
      {prompts.length > 1 ? (
        <p className="prompt-tray-more" role="status">
          {t('app.prompts.more', { count: prompts.length - 1 })}
        </p>
      ) : null}
      {laterIds.length > 0 ? (
        <Button
          size="xs"
          variant="default"
          className="prompt-tray-later"
          onClick={() => laterIds.forEach((id) => model.bringBack(id))}
        >
          {t('app.prompts.later', { count: laterIds.length })}
        </Button>
      ) : null}
    </section>
  );
}

function Question({ prompt }: { prompt: Prompt }) {
  switch (prompt.kind) {
    case 'offer':
      return <OfferPrompt key={prompt.transfer.transferId} transfer={prompt.transfer} />;
    case 'view':
      return <ViewPrompt key={prompt.session.sessionId} session={prompt.session} />;
    case 'recording':
      return <RecordingPrompt key={prompt.recording.recordingId} {...prompt} />;
    case 'link':
      return <OpenedLinkPrompt key={prompt.link.linkId} link={prompt.link} />;
    case 'request':
      return (
        <RequestPrompt
          key={prompt.session.sessionId}
          session={prompt.session}
          folderChoice={(choice) => <FolderChoice {...choice} />}
        />
      );
  }
}
