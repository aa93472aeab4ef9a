import { expect, it } from 'vitest';
import { onOtherAddresses } from '../../../../src/renderer/core/networkChanges';
import type { CoreSnapshot } from '../../../../src/renderer/core/types';

const cable = { name: 'eth0', address: '192.0.2.7' };
const wireless = { name: 'wlan0', address: '192.0.2.8' };

it('a machine has news where an address has come or gone, and not where they are told in another order', () => {
  let nearby: object | null = null;
  let changed = (): void => undefined;
  let count = 0;
  onOtherAddresses(
    {
      getSnapshot: () => ({ nearby }) as CoreSnapshot,
      subscribe: (listener) => {
        changed = listener;
        return () => undefined;
      },
    },
    () => count++,
  );
  const newsAfter = (...interfaces: object[]): number => {
    nearby = { interfaces };
    count = 0;
    changed();
    return count;
  };
  expect(newsAfter(cable)).toBe(0);
  expect(newsAfter(cable, wireless)).toBe(1);
  expect(newsAfter(wireless, cable)).toBe(0);
  expect(newsAfter(wireless)).toBe(1);
  expect(newsAfter(wireless)).toBe(0);
  expect(newsAfter({ ...wireless, address: '192.0.2.9' })).toBe(1);
});
