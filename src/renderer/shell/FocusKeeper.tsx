import { useEffect } from 'react';
import { focusLanding } from '../ui/focusLanding';

/** How long whoever took something away has to put the focus elsewhere, in ms: closing dialogs take some 10. */
const GRACE_MS = 60;

/**
 * Puts the focus where a person goes on when what had it is gone, so that it never falls to the page itself: back to what
 * had it before a dialog came, where that dialog has gone, else on the view's heading. Draws nothing.
 */
export function FocusKeeper(): null {
  useEffect(() => {
    let last: Element | null = null;
    let opened: { dialog: Element; from: Element | null } | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const isLost = () => last !== null && !last.isConnected && document.activeElement === document.body;
    const onFocus = ({ target }: FocusEvent) => {
      const next = target instanceof Element ? target : null;
      const dialog = next?.closest('[role="dialog"]');
      if (!dialog) opened = null;
      else if (opened?.dialog !== dialog) opened = { dialog, from: opened?.from ?? last };
      last = next;
    };
    const putBack = () => {
      if (!isLost()) return;
      if (opened?.dialog.isConnected === false && opened.from instanceof HTMLElement) opened.from.focus();
      // What is gone as well, or hidden, does not take it.
      if (isLost()) focusLanding();
    };
    const observer = new MutationObserver(() => {
      if (!isLost()) return;
      clearTimeout(timer);
      timer = setTimeout(putBack, GRACE_MS);
    });
    document.addEventListener('focusin', onFocus);
    observer.observe(document.body, { childList: true, subtree: true });
    return () => {
      clearTimeout(timer);
      document.removeEventListener('focusin', onFocus);
      observer.disconnect();
    };
  }, []);
  return null;
}
