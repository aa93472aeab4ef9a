import { describe, expect, it } from 'vitest';
import { canHideWindow, WindowVeil } from '../../../../src/main/electron/capture/WindowVeil';
import { ManualClock } from '../../../support/ManualClock';

function desktop({ isWanted = true, isOpen = true } = {}) {
  const clock = new ManualClock();
  const drawn: boolean[] = [];
  const wish = { isWanted };
  const window = { setContentProtection: (isOn: boolean) => void drawn.push(isOn) };
  const veil = new WindowVeil({
    window: () => (isOpen ? window : null),
    isWanted: () => wish.isWanted,
    clock,
  });
  return { clock, drawn, veil, wish };
}

describe('the veil over Hither’s own window', () => {
  it('is drawn before a screen is captured, and taken away when the share ends', () => {
    const { clock, drawn, veil } = desktop();
    veil.chosen('screen:0:0');
    expect(drawn).toEqual([true]);
    veil.shared(true);
    clock.advance(60_000);
    expect(drawn).toEqual([true]);
    veil.shared(false);
    expect(drawn).toEqual([true, false]);
  });

  it('is taken away again where the page captures nothing after all', () => {
    const { clock, drawn, veil } = desktop();
    veil.chosen('screen:0:0');
    clock.advance(15_000);
    expect(drawn).toEqual([true, false]);
  });

  it('is not drawn for a window that is shared, nor for who doesn’t want it', () => {
    const { drawn, veil, wish } = desktop();
    veil.chosen('window:7:0');
    veil.shared(true);
    expect(drawn).toEqual([]);
    veil.shared(false);
    wish.isWanted = false;
    veil.chosen('screen:0:0');
    veil.shared(true);
    expect(drawn).toEqual([]);
  });

  it('goes when a window is chosen in place of the screen', () => {
    const { drawn, veil } = desktop();
    veil.chosen('screen:0:0');
    veil.shared(true);
    veil.chosen('window:7:0');
    expect(drawn).toEqual([true, false]);
  });

  it('follows the settings in mid-share', () => {
    const { drawn, veil, wish } = desktop();
    veil.chosen('screen:0:0');
    veil.shared(true);
    wish.isWanted = false;
    veil.update();
    wish.isWanted = true;
    veil.update();
    expect(drawn).toEqual([true, false, true]);
  });

  it('means nothing without a window', () => {
    const { drawn, veil } = desktop({ isOpen: false });
    veil.chosen('screen:0:0');
    veil.shared(true);
    expect(drawn).toEqual([]);
  });
});

it('a window can be hidden where the system leaves it out of what Chromium captures', () => {
  expect((['win32', 'darwin', 'linux'] as const).map(canHideWindow)).toEqual([true, false, false]);
});
