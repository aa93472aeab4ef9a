/** A combination as `useHotkeys` takes it: `mod` is ⌘ on a Mac and Ctrl elsewhere. */
export type Shortcut = string;

/** The keys of a combination as a keyboard shows them. */
export function shortcutKeys(shortcut: Shortcut, isMac = /mac/i.test(navigator.userAgent)): string[] {
  return shortcut.split('+').map((key) => {
    if (key === 'mod') return isMac ? '⌘' : 'Ctrl';
    if (key === 'shift') return isMac ? '⇧' : 'Shift';
    return key.toUpperCase();
  });
}

/** Whether keys go into a field right now, so that nothing may take them away. */
export function isTyping(element: Element | null): boolean {
  if (!(element instanceof HTMLElement)) return false;
  if (element.isContentEditable || element instanceof HTMLTextAreaElement) return true;
  if (!(element instanceof HTMLInputElement)) return false;
  return !['button', 'checkbox', 'radio', 'range', 'file', 'submit', 'reset', 'color'].includes(element.type);
}
