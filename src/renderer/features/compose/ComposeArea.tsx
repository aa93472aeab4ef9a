import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fitsInMessage } from '../../../shared/protocol/text';
import { useModel } from '../../state/AppModelContext';
import { itemsOfPaste } from '../../state/localItems';
import type { SessionView } from '../../state/views';
import './ComposeArea.css';
import { Composer } from './Composer';
import { nameTime } from './pasteNames';
import { TextList } from './TextList';
import { useDraft } from './useDraft';
import { usePaste } from './usePaste';

/** The texts of a session and the line to write one; also takes what is pasted anywhere in it. */
export function ComposeArea({ session }: { session: SessionView }) {
  const { t } = useTranslation();
  const model = useModel();
  const { sessionId, texts, title } = session;
  const { phase } = session.state;
  const isUp = phase === 'connected' || phase === 'reconnecting';
  const [draft, setDraft] = useDraft(sessionId);
  const [isListOpen, setIsListOpen] = useOpenOnArrival(texts.length);
  const field = useRef<HTMLTextAreaElement>(null);

  const onFiles = useCallback(
    (transfer: DataTransfer) =>
      void model.gather(
        (onFound) => {
          const imageName = t('texts.imageName', { when: nameTime(new Date()) });
          return itemsOfPaste(transfer, model.core.folders, imageName, onFound);
        },
        async (items) => {
          if (items.length > 0) await model.core.sendFiles(sessionId, items);
        },
      ),
    [model, sessionId, t],
  );
  // Not sent at once: what is on a clipboard may be a password.
  const onText = useCallback(
    (text: string) => {
      const part = fitsInMessage(text) ? 'text' : 'long';
      setDraft((before) => ({ [part]: before[part] === '' ? text : `${before[part]}\n${text}` }));
      field.current?.focus();
    },
    [setDraft],
  );
  usePaste({ onFiles, onText, field }, isUp);

  if (!isUp && texts.length === 0) return null;
  return (
    <section className="compose-area" aria-label={t('texts.region')}>
      {texts.length > 0 && isListOpen ? <TextList texts={texts} peerName={title} /> : null}
      <Composer
        session={session}
        isUp={isUp}
        draft={draft}
        onDraft={setDraft}
        onText={onText}
        field={field}
        textCount={texts.length}
        isListOpen={isListOpen}
        onToggleList={() => setIsListOpen(!isListOpen)}
      />
    </section>
  );
}

/** Open where there is something to see, and again whenever something comes. */
function useOpenOnArrival(count: number): [boolean, (isOpen: boolean) => void] {
  const [isOpen, setIsOpen] = useState(true);
  const before = useRef(count);
  useEffect(() => {
    if (count > before.current) setIsOpen(true);
    before.current = count;
  }, [count]);
  return [isOpen, setIsOpen];
}
