import { Button, Text, Textarea } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconSend2 } from '@tabler/icons-react';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { fitsInMessage } from '../../../shared/protocol/text';
import { useModel } from '../../state/AppModelContext';
import { itemOfText } from '../../state/localItems';
import type { SessionView } from '../../state/views';
import { TipButton } from '../../ui/TipButton';
import { nameTime } from './pasteNames';

interface ComposerProps {
  session: SessionView;
  isUp: boolean;
  draft: string;
  onDraft: (draft: string) => void;
  field: RefObject<HTMLTextAreaElement | null>;
  textCount: number;
  isListOpen: boolean;
  onToggleList: () => void;
}

/** The line to write a text in: Enter sends it, Shift+Enter begins a new line. */
export function Composer(props: ComposerProps) {
  const { session, isUp, draft, onDraft, field, textCount, isListOpen, onToggleList } = props;
  const { t } = useTranslation();
  const model = useModel();
  const isTooLong = draft !== '' && !fitsInMessage(draft);
  const send = () => {
    if (draft.trim() === '') return;
    void model
      .attempt(async () => {
        if (!isTooLong) await model.core.sendText(session.sessionId, draft);
        else {
          const item = itemOfText(draft, t('texts.textName', { when: nameTime(new Date()) }));
          await model.core.sendFiles(session.sessionId, [item]);
        }
      })
      .then((isSent) => {
        if (isSent) onDraft('');
      });
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
            <Textarea
              ref={field}
              size="sm"
              autosize
              minRows={1}
              maxRows={6}
              aria-label={t('texts.label', { name: session.title })}
              placeholder={t('texts.placeholder')}
              value={draft}
              onChange={(event) => onDraft(event.currentTarget.value)}
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
          <TipButton label={t('texts.send')} disabled={draft.trim() === ''} size={36} onClick={send}>
            <IconSend2 size={19} />
          </TipButton>
        </>
      ) : null}
    </form>
  );
}
