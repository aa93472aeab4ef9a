import { beforeEach, describe, expect, it } from 'vitest';
import { QuitConfirmation } from '../../../../src/main/electron/quit/QuitConfirmation';

describe('QuitConfirmation', () => {
  let isBusy = true;
  let asked = 0;
  let left = 0;
  let answer: (isSure: boolean) => void = () => undefined;
  let question: QuitConfirmation;

  beforeEach(() => {
    isBusy = true;
    asked = 0;
    left = 0;
    question = new QuitConfirmation(
      () => isBusy,
      () => {
        asked++;
        return new Promise((resolve) => (answer = resolve));
      },
    );
  });

  const isHeld = (): boolean => {
    let isPrevented = false;
    const wasHeld = question.hold({ preventDefault: () => (isPrevented = true) }, () => left++);
    expect(isPrevented).toBe(wasHeld);
    return wasHeld;
  };
  const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

  it('lets everything pass while nothing is under way', () => {
    isBusy = false;
    expect(isHeld()).toBe(false);
    expect(asked).toBe(0);
  });

  it('asks once, however often it is tried, and stays when the person wants to', async () => {
    expect([isHeld(), isHeld()]).toEqual([true, true]);
    expect(asked).toBe(1);
    answer(false);
    await settled();
    expect(left).toBe(0);
    expect(isHeld()).toBe(true);
    expect(asked).toBe(2);
  });

  it('leaves when the person agrees, without asking a second time on the way out', async () => {
    expect(isHeld()).toBe(true);
    answer(true);
    await settled();
    expect(left).toBe(1);
    expect(isHeld()).toBe(false);
  });

  it('asks anew about transfers that began later', async () => {
    isHeld();
    answer(true);
    await settled();
    isBusy = false;
    expect(isHeld()).toBe(false);
    isBusy = true;
    expect(isHeld()).toBe(true);
  });
});
