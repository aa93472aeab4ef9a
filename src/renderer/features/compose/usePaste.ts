import { useEffect } from 'react';
import { isDialogOpen } from '../../ui/dialogs';
import { isTyping } from '../../ui/shortcuts';

interface PasteHandlers {
  onFiles: (transfer: DataTransfer) => void;
  onText: (text: string) => void;
}

/** Takes what is pasted anywhere in the window while no field has the focus; files in a field too, which can't use them. */
export function usePaste({ onFiles, onText }: PasteHandlers, isOn: boolean): void {
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
      } else if (text !== '' && !isTyping(document.activeElement)) {
        event.preventDefault();
        onText(text);
      }
    };
    window.addEventListener('paste', onPaste);
    return () => window.removeEventListener('paste', onPaste);
  }, [isOn, onFiles, onText]);
}
