import { Text } from '@mantine/core';
import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { SessionView } from '../../state/views';
import { isUp } from '../../state/views';
import './Chat.css';
import { Composer } from './Composer';
import { Timeline } from './Timeline';
import { useDraft } from './useDraft';

interface ChatProps {
  session: SessionView;
  /** A transfer among what was said, from its own feature. */
  transferRow: (transferId: string) => ReactNode;
}

/** What was said and sent with the other side, and the line to write in. */
export function Chat({ session, transferRow }: ChatProps) {
  const { t } = useTranslation();
  const [draft, setDraft] = useDraft(session.sessionId);
  const field = useRef<HTMLTextAreaElement>(null);
  return (
    <div className="chat">
      <Timeline session={session} transferRow={transferRow} />
      {!isUp(session) ? null : session.ownRights.write ? (
        <Composer session={session} draft={draft} onDraft={setDraft} field={field} />
      ) : (
        <Text size="sm" c="dimmed" p="sm">
          {t('session.guest.notWrite')}
        </Text>
      )}
    </div>
  );
}
