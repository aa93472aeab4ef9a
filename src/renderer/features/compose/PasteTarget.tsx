import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { fitsInMessage } from '../../../shared/protocol/text';
import { useModel } from '../../state/AppModelContext';
import { itemsOfPaste } from '../../state/localItems';
import { isUp, type SessionView } from '../../state/views';
import { nameTime } from './pasteNames';
import { useDraft } from './useDraft';
import { usePaste } from './usePaste';

/**
 * Takes what is pasted anywhere in a session. It waits with the line for Enter, as what is on a clipboard may be a password.
 * Draws nothing.
 */
export function PasteTarget({ session }: { session: SessionView }) {
  const { t } = useTranslation();
  const model = useModel();
  const { sessionId } = session;
  const [, setDraft] = useDraft(sessionId);
  const openLine = useCallback(() => {
    if (model.store.getState().ui.drawer !== 'chat') model.toggleDrawer('chat');
    // The line is drawn with the drawer.
    requestAnimationFrame(() => document.querySelector<HTMLElement>('[data-write-line]')?.focus());
  }, [model]);
  const onFiles = useCallback(
    (transfer: DataTransfer) =>
      void model.gather(
        (onFound) => {
          const imageName = t('texts.imageName', { when: nameTime(new Date()) });
          return itemsOfPaste(transfer, model.core.folders, imageName, onFound);
        },
        (items) => {
          setDraft((before) => ({ items: [...before.items, ...items] }));
          openLine();
        },
      ),
    [model, setDraft, openLine, t],
  );
  const onText = useCallback(
    (text: string) => {
      const part = fitsInMessage(text) ? 'text' : 'long';
      setDraft((before) => ({ [part]: before[part] === '' ? text : `${before[part]}\n${text}` }));
      openLine();
    },
    [setDraft, openLine],
  );
  const { write, sendFiles } = session.ownRights;
  usePaste({ onFiles: sendFiles ? onFiles : () => undefined, onText }, isUp(session) && write);
  return null;
}
