import { useTranslation } from 'react-i18next';
import { fitsInMessage } from '../../../shared/protocol/text';
import { useModel } from '../../state/AppModelContext';
import { itemOfText } from '../../state/localItems';
import { nameTime } from './pasteNames';
import type { Draft } from './useDraft';

/** Sends all parts of a draft, each on its own; what was sent leaves the draft, and what could not be stays in it. */
export function useSendDraft(
  sessionId: string,
  draft: Draft,
  onDraft: (change: (draft: Draft) => Partial<Draft>) => void,
): () => void {
  const { t } = useTranslation();
  const model = useModel();
  const sendPart = <K extends keyof Draft>(
    part: K,
    empty: Draft[K],
    work: (value: Draft[K]) => Promise<void>,
  ) => {
    const value = draft[part];
    void model
      .attempt(() => work(value))
      .then((isSent) => {
        // What came meanwhile has not been sent.
        if (isSent) onDraft((now) => (now[part] === value ? { [part]: empty } : {}));
      });
  };
  const asFile = async (text: string) => {
    const item = itemOfText(text, t('texts.textName', { when: nameTime(new Date()) }));
    await model.core.sendFiles(sessionId, [item]);
  };
  return () => {
    if (draft.text.trim() !== '')
      sendPart('text', '', (text) =>
        fitsInMessage(text) ? model.core.sendText(sessionId, text) : asFile(text),
      );
    if (draft.long !== '') sendPart('long', '', asFile);
    if (draft.items.length > 0) sendPart('items', [], (items) => model.core.sendFiles(sessionId, items));
  };
}
