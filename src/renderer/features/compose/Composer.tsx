import { Button, Text, Textarea } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconSend2 } from '@tabler/icons-react';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { fitsInMessage } from '../../../shared/protocol/text';
import { useModel } from '../../state/AppModelContext';
import { itemOfText } from '../../state/localItems';
import type { SessionView } from '../../state/views';
import { TipButton } from '../../ui/TipButton';
import { LongText } from './LongText';
import { nameTime } from './pasteNames';
import type { Draft } from './useDraft';

interface ComposerProps {
  session: SessionView;
  isUp: boolean;
  draft: Draft;
  onDraft: (change: (draft: Draft) => Partial<Draft>) => void;
  /** Takes a whole text, however long. */
  onText: (text: string) => void;
  field: RefObject<HTMLTextAreaElement | null>;
  textCount: number;
  isListOpen: boolean;
  onToggleList: () => void;
}

/** The line to write a text in: Enter sends it, Shift+Enter begins a new line. */
export function Composer(props: ComposerProps) {
  const { session, isUp, draft, onDraft, onText, field, textCount, isListOpen, onToggleList } = props;
  const { t } = useTranslation();
  const model = useModel();
  const isTooLong = draft.text !== '' && !fitsInMessage(draft.text);
  const isEmpty = draft.text.trim() === '' && draft.long === '';
  const sendPart = (part: keyof Draft, isFile: boolean) => {
    const text = draft[part];
    void model
      .attempt(async () => {
        if (!isFile) await model.core.sendText(session.sessionId, text);
        else {
          const item = itemOfText(text, t('texts.textName', { when: nameTime(new Date()) }));
          await model.core.sendFiles(session.sessionId, [item]);
        }
      })
      .then((isSent) => {
        // What came meanwhile has not been sent.
        if (isSent) onDraft((now) => (now[part] === text ? { [part]: '' } : {}));
      });
  };
  const send = () => {
    if (draft.text.trim() !== '') sendPart('text', isTooLong);
    if (draft.long !== '') sendPart('long', true);
  };
  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {textCount > 0 ? (
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          className="no-shrink composer-toggle"
          aria-expanded={isListOpen}
          leftSection={isListOpen ? <IconChevronDown size={16} /> : <IconChevronUp size={16} />}
          onClick={onToggleList}
        >
          {t('texts.count', { count: textCount })}
        </Button>
      ) : null}
      {isUp ? (
        <>
          <div className="grow">
            <LongText text={draft.long} onRemove={() => onDraft(() => ({ long: '' }))} />
            <Textarea
              ref={field}
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
              onDrop={(event) => {
                const text = event.dataTransfer.getData('text/plain');
                if (text === '' || fitsInMessage(text)) return;
                event.preventDefault();
                onText(text);
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
        </>
      ) : null}
    </form>
  );
}
