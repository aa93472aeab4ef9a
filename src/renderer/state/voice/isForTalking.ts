/** Where the space bar always does something of its own. */
const FIELDS =
  'input, textarea, select, summary, [contenteditable], [role="dialog"], [role="menu"], [role="tab"], [role="listbox"]';
/** What it presses. */
const BUTTONS = 'a, button, [role="button"], [role="switch"]';

/** What brought the focus to where it is. */
export type FocusedBy = 'pointer' | 'keyboard';

/**
 * Whether a held space bar is for the voice: the focus is on nothing that has a use for it. A button that was clicked is
 * left behind with the focus, and nobody means that one; `:focus-visible` would not do, as any key turns it on.
 */
export function isForTalking(
  target: { closest?: (selector: string) => unknown } | null,
  focusedBy: FocusedBy,
): boolean {
  if (target?.closest?.(FIELDS)) return false;
  return focusedBy === 'pointer' || !target?.closest?.(BUTTONS);
}
