import { expect, it } from 'vitest';
import { KeepAwake } from '../../../../src/main/electron/shell/KeepAwake';

it('holds one block at a time, however often it is asked', () => {
  const calls: string[] = [];
  let lastId = 40;
  const awake = new KeepAwake({
    start(type) {
      calls.push(`start ${type}`);
      return ++lastId;
    },
    stop(id) {
      calls.push(`stop ${id}`);
      return true;
    },
  });
  for (const isOn of [false, true, true, false, false, true]) awake.set(isOn);
  expect(calls).toEqual(['start prevent-app-suspension', 'stop 41', 'start prevent-app-suspension']);
});
