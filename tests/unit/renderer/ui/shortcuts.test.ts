import { describe, expect, it } from 'vitest';
import { shortcutKeys } from '../../../../src/renderer/ui/shortcuts';

describe('shortcutKeys', () => {
  it('names the keys as the keyboard in front of the person does', () => {
    expect(shortcutKeys('mod+shift+S', false)).toEqual(['Ctrl', 'Shift', 'S']);
    expect(shortcutKeys('mod+shift+S', true)).toEqual(['⌘', '⇧', 'S']);
    expect(shortcutKeys('mod+,', false)).toEqual(['Ctrl', ',']);
  });
});
