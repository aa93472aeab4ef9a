import { expect, it } from 'vitest';
import { RestartLimit } from '../../../../src/main/electron/window/RestartLimit';

it('allows three restarts a minute, and more once the first are a minute old', () => {
  let nowMs = 0;
  const limit = new RestartLimit(() => nowMs);
  expect([limit.tryRestart(), limit.tryRestart(), limit.tryRestart(), limit.tryRestart()]).toEqual([
    true,
    true,
    true,
    false,
  ]);
  nowMs = 59_999;
  expect(limit.tryRestart()).toBe(false);
  nowMs = 60_000;
  expect(limit.tryRestart()).toBe(true);
});
