import { Text, Textarea } from '@mantine/core';
import { IconSend2 } from '@tabler/icons-react';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { fitsInMessage } from '../../../shared/protocol/text';
import type { SessionView } from '../../state/views';
import { TipButton } from '../../ui/TipButton';
import { HeldItems } from './HeldItems';
import { LongText } from './LongText';
import type { Draft } from './useDraft';
import { useSendDraft } from './useSendDraft';

interface ComposerProps {
  session: SessionView;
  draft: Draft;
  onDraft: (change: (draft: Draft) => Partial<Draft>) => void;
  field: RefObject<HTMLTextAreaElement | null>;
}

/** The line to write a text in: Enter sends it, Shift+Enter begins a new line. What was pasted waits above it. */
export function Composer({ session, draft, onDraft, field }: ComposerProps) {
  const { t } = useTranslation();
  const send = useSendDraft(session.sessionId, draft, onDraft);
  const isTooLong = draft.text !== '' && !fitsInMessage(draft.text);
  const isEmpty = draft.text.trim() === '' && draft.long === '' && draft.items.length === 0;
  const addLong = (text: string) =>
    onDraft(({ long }) => ({ long: long === '' ? text : `${long}\n${text}` }));
  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div className="grow">
        <HeldItems items={draft.items} onChange={(items) => onDraft(() => ({ items }))} />
        <LongText text={draft.long} onRemove={() => onDraft(() => ({ long: '' }))} />
        <Textarea
          ref={field}
          data-write-line
          size="sm"
          autosize
          minRows={1}
          maxRows={6}
          aria-label={t('texts.label', { name: session.title })}
          placeholder={t('texts.placeholder')}
          value={draft.text}
          onChange={(event) => {
            const text = event.currentTarget.value;
            onDraft(() => ({ text }));
          }}
          onPaste={(event) => {
            const text = event.clipboardData.getData('text/plain');
            if (text === '' || fitsInMessage(text)) return;
            event.preventDefault();
            addLong(text);
          }}
          onDrop={(event) => {
            const text = event.dataTransfer.getData('text/plain');
            if (text === '' || fitsInMessage(text)) return;
            event.preventDefault();
            addLong(text);
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
            event.preventDefault();
            send();
          }}
        />
        {isTooLong ? (
          <Text size="xs" c="dimmed" role="status">
            {t('texts.asFile')}
          </Text>
        ) : null}
      </div>
      <TipButton label={t('texts.send')} disabled={isEmpty} size={36} onClick={send}>
        <IconSend2 size={19} />
      </TipButton>
    </form>
  );
}
