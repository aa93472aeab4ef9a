import { beforeEach, describe, expect, it } from 'vitest';
import { QuitController } from '../../../../src/main/electron/quit/QuitController';

describe('QuitController', () => {
  let goesOn: boolean;
  let isTransferring: boolean;
  let done: string[];
  let departure: QuitController;

  beforeEach(() => {
    goesOn = true;
    isTransferring = false;
    done = [];
    departure = new QuitController({
      goesOnWithoutWindow: () => goesOn,
      isTransferring: () => isTransferring,
      ask: () => {
        done.push('ask');
        return Promise.resolve(false);
      },
      closeBackend: () => {
        done.push('close backend');
        return Promise.resolve();
      },
      quit: () => done.push('quit'),
      onTrouble: () => undefined,
    });
  });

  /** Whether the event went ahead. */
  const passes = (handle: (event: { preventDefault(): void }) => void): boolean => {
    let isPrevented = false;
    handle({ preventDefault: () => (isPrevented = true) });
    return !isPrevented;
  };
  const closes = () =>
    passes((event) => {
      departure.onClose(event, { hide: () => done.push('hide'), close: () => done.push('close') });
    });
  const quits = () =>
    passes((event) => {
      departure.onBeforeQuit(event);
    });

  it('hides a window whose app goes on, and asks nothing for that', () => {
    isTransferring = true;
    expect(closes()).toBe(false);
    expect(done).toEqual(['hide']);
  });

  it('closes a window whose app does not go on, and asks where files are under way', () => {
    goesOn = false;
    expect(closes()).toBe(true);
    expect(done).toEqual([]);
    isTransferring = true;
    expect(closes()).toBe(false);
    expect(done).toEqual(['ask']);
  });

  it('lets the window close while the app quits, whether or not it would go on', async () => {
    expect(quits()).toBe(false);
    expect(closes()).toBe(true);
    await Promise.resolve();
    expect(done[0]).toBe('close backend');
    expect(done).not.toContain('hide');
  });

  it('asks before it quits while files are under way; a person who stays can still hide the window', async () => {
    isTransferring = true;
    expect(quits()).toBe(false);
    await Promise.resolve();
    expect(closes()).toBe(false);
    expect(done).toEqual(['ask', 'hide']);
  });
});
