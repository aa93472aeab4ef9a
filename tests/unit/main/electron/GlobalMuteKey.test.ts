import { describe, expect, it } from 'vitest';
import { GlobalMuteKey } from '../../../../src/main/electron/shell/GlobalMuteKey';

/** The system's shortcuts: keys that another program has are refused, and those that nobody can read throw. */
function shortcuts() {
  const held = new Map<string, () => void>();
  const taken: string[] = [];
  let presses = 0;
  const key = new GlobalMuteKey({
    shortcuts: {
      register: (keys, onPress) => {
        if (keys === 'Nonsense') throw new TypeError('no accelerator');
        if (keys === 'Control+Taken') return false;
        held.set(keys, onPress);
        return true;
      },
      unregister: (keys) => void held.delete(keys),
    },
    onPress: () => (presses += 1),
    onTaken: (keys) => taken.push(keys),
  });
  return { key, held, taken, presses: () => presses };
}

describe('the keys that mute in front of every program', () => {
  it('are held only while a microphone is on, and those alone that were set', () => {
    const { key, held, presses } = shortcuts();
    key.set('Control+Shift+M', false);
    expect([...held.keys()]).toEqual([]);
    key.set(null, true);
    expect([...held.keys()]).toEqual([]);
    key.set('Control+Shift+M', true);
    held.get('Control+Shift+M')?.();
    expect(presses()).toBe(1);
    key.set('Alt+F9', true);
    expect([...held.keys()]).toEqual(['Alt+F9']);
    key.set('Alt+F9', false);
    expect([...held.keys()]).toEqual([]);
  });

  it('are said to be taken once, and again with the next microphone', () => {
    const { key, held, taken } = shortcuts();
    key.set('Control+Taken', true);
    key.set('Control+Taken', true);
    expect(taken).toEqual(['Control+Taken']);
    key.set('Control+Taken', false);
    key.set('Control+Taken', true);
    expect(taken).toHaveLength(2);
    key.set('Nonsense', true);
    expect(taken).toEqual(['Control+Taken', 'Control+Taken', 'Nonsense']);
    key.set('Alt+F9', true);
    expect([...held.keys()]).toEqual(['Alt+F9']);
  });
});
