import { useEffect } from 'react';

/** Between a message and a dialog above it, in px, and between the message and the end of the window. */
const GAP_PX = 8;

/** The room in px that the dialog in front has to leave below itself, so that no message lies over it; 0 where none would. */
function roomFor(toasts: HTMLElement, hasRoom: boolean): number {
  const dialog = document.querySelector('.mantine-Modal-content');
  if (!dialog || toasts.childElementCount === 0 || toasts.offsetHeight === 0) return 0;
  const room = toasts.offsetHeight + 2 * GAP_PX;
  const { bottom, left } = dialog.getBoundingClientRect();
  const isBeside = left >= toasts.offsetLeft + toasts.offsetWidth;
  const isAbove = bottom <= innerHeight - room;
  // Once made, it stays until the messages are gone: a dialog does not move to and fro.
  return !isBeside && (hasRoom || !isAbove) ? room : 0;
}

/**
 * Has a dialog make room for messages that would lie over its buttons. It is the one case in which what arrives moves what
 * somebody looks at: most of those messages tell how a press in the dialog went. Draws nothing.
 */
export function ToastRoom(): null {
  useEffect(() => {
    let room = 0;
    let frame = 0;
    const update = () => {
      const toasts = document.querySelector<HTMLElement>(
        '.mantine-Notifications-root[data-position="bottom-left"]',
      );
      const next = toasts ? roomFor(toasts, room > 0) : 0;
      if (next === room) return;
      room = next;
      document.documentElement.style.setProperty('--toast-room', `${room}px`);
    };
    const later = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(update);
    };
    const observer = new MutationObserver(later);
    observer.observe(document.body, { childList: true, subtree: true });
    addEventListener('resize', later);
    return () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
      removeEventListener('resize', later);
      document.documentElement.style.removeProperty('--toast-room');
    };
  }, []);
  return null;
}
