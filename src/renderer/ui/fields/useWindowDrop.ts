import { useEffect, useState } from 'react';
import { isDialogOpen } from '../dialogs';
import { hasFiles } from './guardDrops';

/** How long is said where files are to be dropped that were dropped beside it, in ms: time to read it twice. */
const MISSED_MS = 8_000;

/**
 * Where files are in the window: `beside` everything that takes them, or over `something` that does; `missed` once they
 * were dropped where nothing took them.
 */
export type WindowDrag = 'none' | 'something' | 'beside' | 'missed';

/**
 * Takes files that are dropped beside everything else that takes them. `onFiles` is called inside the drop handler, where
 * the list can still be read; without it they are `missed`. A dialog in front is about something else.
 */
export function useWindowDrop(onFiles: ((transfer: DataTransfer) => void) | null): WindowDrag {
  const [drag, setDrag] = useState<WindowDrag>('none');
  useEffect(() => {
    const onDrag = (event: DragEvent) => {
      const transfer = wanted(event);
      if (!transfer) return;
      setDrag(event.defaultPrevented ? 'something' : 'beside');
      if (event.defaultPrevented) return;
      event.preventDefault();
      transfer.dropEffect = 'copy';
    };
    const onLeave = (event: DragEvent) => {
      // Of another element, unless the files have left the window.
      if (event.relatedTarget === null) setDrag('none');
    };
    const onDrop = (event: DragEvent) => {
      const transfer = wanted(event);
      if (!transfer || event.defaultPrevented) return;
      event.preventDefault();
      if (onFiles) onFiles(transfer);
      else setDrag('missed');
    };
    // What takes a drop does not let it come this far.
    const onAnyDrop = () => setDrag('none');
    document.addEventListener('dragenter', onDrag);
    document.addEventListener('dragover', onDrag);
    document.addEventListener('dragleave', onLeave);
    document.addEventListener('drop', onAnyDrop, true);
    document.addEventListener('drop', onDrop);
    return () => {
      document.removeEventListener('dragenter', onDrag);
      document.removeEventListener('dragover', onDrag);
      document.removeEventListener('dragleave', onLeave);
      document.removeEventListener('drop', onAnyDrop, true);
      document.removeEventListener('drop', onDrop);
    };
  }, [onFiles]);
  useEffect(() => {
    if (drag !== 'missed') return undefined;
    const timer = setTimeout(() => setDrag('none'), MISSED_MS);
    return () => clearTimeout(timer);
  }, [drag]);
  return drag;
}

function wanted({ dataTransfer }: DragEvent): DataTransfer | null {
  return dataTransfer && hasFiles(dataTransfer) && !isDialogOpen() ? dataTransfer : null;
}
