import { useEffect } from 'react';
import { focusLanding } from '../ui/focusLanding';

/** How long whoever took something away has to put the focus elsewhere, in ms: closing dialogs take some 10. */
const GRACE_MS = 60;

/** Puts the focus on the view's heading when what had it is gone, so that it never falls to the page itself. Draws nothing. */
export function FocusKeeper(): null {
  useEffect(() => {
    let last: Element | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const isLost = () => last !== null && !last.isConnected && document.activeElement === document.body;
    const onFocus = ({ target }: FocusEvent) => {
      last = target instanceof Element ? target : null;
    };
    const observer = new MutationObserver(() => {
      if (!isLost()) return;
      clearTimeout(timer);
      timer = setTimeout(() => {
        if (isLost()) focusLanding();
      }, GRACE_MS);
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
