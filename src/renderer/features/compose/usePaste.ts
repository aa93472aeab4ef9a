import { type RefObject, useEffect } from 'react';
import { fitsInMessage } from '../../../shared/protocol/text';
import { isDialogOpen } from '../../ui/dialogs';
import { isTyping } from '../../ui/shortcuts';

interface PasteHandlers {
  onFiles: (transfer: DataTransfer) => void;
  onText: (text: string) => void;
  /** The line to write in. */
  field: RefObject<HTMLTextAreaElement | null>;
}

/**
 * Takes what is pasted anywhere in the window while no field has the focus; files in a field too, which can't use them,
 * and in the line itself what is too long for a message.
 */
export function usePaste({ onFiles, onText, field }: PasteHandlers, isOn: boolean): void {
  useEffect(() => {
    if (!isOn) return undefined;
    const onPaste = (event: ClipboardEvent) => {
      const transfer = event.clipboardData;
      // A dialog in front is about something else.
      if (!transfer || isDialogOpen()) return;
      const text = transfer.getData('text/plain');
      // Office programs put a picture of the text beside it: whoever copied text means the text.
      if (text === '' && transfer.types.includes('Files')) {
        event.preventDefault();
        onFiles(transfer);
      } else if (text !== '' && isOurs(text, field.current)) {
        event.preventDefault();
        onText(text);
      }
    };
    window.addEventListener('paste', onPaste);
    return () => window.removeEventListener('paste', onPaste);
  }, [isOn, onFiles, onText, field]);
}

/** Whether a text is for `onText`, and not for the field that has the focus. */
function isOurs(text: string, line: HTMLTextAreaElement | null): boolean {
  const { activeElement } = document;
  return line !== null && activeElement === line ? !fitsInMessage(text) : !isTyping(activeElement);
}
