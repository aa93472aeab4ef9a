/** What a key press holds, of those that accelerators are written with. */
interface Pressed {
  code: string;
  ctrlKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  metaKey: boolean;
}

/**
 * The keys of a press as an accelerator of Electron's, such as `Control+Shift+M`; `null` where they are none that would do:
 * a letter, a digit or F1 to F24, and with it Control, Alt or Super, as a bare letter would be taken from every program.
 */
export function muteKeysOf({ code, ctrlKey, altKey, shiftKey, metaKey }: Pressed): string | null {
  const key = /^(?:Key([A-Z])|Digit([0-9])|(F(?:[1-9]|1[0-9]|2[0-4])))$/.exec(code);
  if (!key || !(ctrlKey || altKey || metaKey)) return null;
  const modifiers = [ctrlKey && 'Control', altKey && 'Alt', shiftKey && 'Shift', metaKey && 'Super'];
  return [...modifiers.filter((each) => each !== false), key[1] ?? key[2] ?? key[3]].join('+');
}
