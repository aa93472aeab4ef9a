import { describe, expect, it } from 'vitest';
import { FIRST_PLACE, placeAfterDrag, placeAfterKey } from '../../../../src/renderer/state/voice/place';
import { muteKeysOf } from '../../../../src/renderer/state/voice/muteKeys';
import { Settings } from '../../../../src/shared/settings/settings';
import { LEVEL_STEPS, stepsOf } from '../../../../src/renderer/state/voice/levelSteps';
import { isForTalking } from '../../../../src/renderer/state/voice/isForTalking';

describe('the place of the cameras', () => {
  const room = { width: 1000, height: 600 };
  const own = { width: 200, height: 100 };

  it('follows the pointer by its pixels, and stays inside', () => {
    expect(placeAfterDrag({ x: 0.5, y: 0.5 }, 80, -50, room, own)).toEqual({ x: 0.6, y: 0.4 });
    expect(placeAfterDrag(FIRST_PLACE, 5_000, 5_000, room, own)).toEqual({ x: 1, y: 1 });
    expect(placeAfterDrag(FIRST_PLACE, -5_000, -5_000, room, own)).toEqual({ x: 0, y: 0 });
  });

  it('stays where there is no room to move', () => {
    expect(placeAfterDrag({ x: 0.3, y: 0.7 }, 50, 50, own, own)).toEqual({ x: 0.3, y: 0.7 });
  });

  it('goes by the arrow keys, and by no others', () => {
    expect(placeAfterKey({ x: 0.5, y: 0.5 }, 'ArrowLeft')).toEqual({ x: 0.45, y: 0.5 });
    expect(placeAfterKey({ x: 0.5, y: 0.5 }, 'ArrowDown')).toEqual({ x: 0.5, y: 0.55 });
    expect(placeAfterKey({ x: 1, y: 0 }, 'ArrowRight')).toEqual({ x: 1, y: 0 });
    expect(placeAfterKey({ x: 1, y: 0 }, 'ArrowUp')).toEqual({ x: 1, y: 0 });
    expect(placeAfterKey(FIRST_PLACE, 'Enter')).toBeNull();
  });
});

describe('a meter', () => {
  it('shows dB of full scale, from a quiet room to all there is', () => {
    expect([0, 0.001, 0.01, 0.1, 1].map(stepsOf)).toEqual([0, 0, 7, 13, LEVEL_STEPS]);
  });
});

describe('a held space bar', () => {
  const inside = (...selectors: string[]) => ({
    closest: (all: string) => (selectors.some((each) => all.includes(each)) ? {} : null),
  });

  it('is for talking where nothing else has a use for it', () => {
    expect(isForTalking(inside(), 'keyboard')).toBe(true);
    expect(isForTalking(null, 'keyboard')).toBe(true);
    for (const field of ['textarea', 'input', '[contenteditable]', '[role="dialog"]'])
      expect([field, isForTalking(inside(field), 'pointer')]).toEqual([field, false]);
  });

  it('presses a button that the keyboard went to, and not one that was clicked', () => {
    expect(isForTalking(inside('button'), 'keyboard')).toBe(false);
    expect(isForTalking(inside('button'), 'pointer')).toBe(true);
  });
});

describe('keys that mute in front of every program', () => {
  const press = (code: string, ...held: string[]) => {
    const is = (name: string) => held.includes(name);
    const [ctrlKey, altKey, shiftKey, metaKey] = ['Ctrl', 'Alt', 'Shift', 'Meta'].map(is) as [
      ...[boolean, boolean, boolean, boolean],
    ];
    return muteKeysOf({ code, ctrlKey, altKey, shiftKey, metaKey });
  };

  it('are a letter, a digit or an F key with something that no text is typed with', () => {
    expect(press('KeyM', 'Ctrl', 'Shift')).toBe('Control+Shift+M');
    expect(press('Digit0', 'Alt')).toBe('Alt+0');
    expect(press('F24', 'Meta', 'Alt')).toBe('Alt+Super+F24');
    expect([press('KeyM'), press('KeyM', 'Shift'), press('Space', 'Ctrl'), press('F25', 'Alt')]).toEqual([
      ...[null, null, null, null],
    ]);
  });

  it('are what the settings take', () => {
    const taken = (muteKey: string) => Settings.shape.muteKey.safeParse(muteKey).success;
    for (const keys of ['Control+Shift+M', 'Alt+0', 'Control+Alt+Shift+Super+F24'])
      expect(taken(keys)).toBe(true);
    for (const keys of ['M', 'Shift', 'Control+', 'Control+Space+Enter', '']) expect(taken(keys)).toBe(false);
  });
});
