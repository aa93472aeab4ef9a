import { expect, it } from 'vitest';
import { PendingSends } from '../../../../src/renderer/core/session/PendingSends';

const connected = { phase: 'connected' } as const;
const ended = { phase: 'ended', reason: 'declined', by: 'peer' } as const;

it('sends everything once messages get through, and tells what came of each', async () => {
  const pending = new PendingSends();
  const first = pending.add('s', 1, () => Promise.resolve('one'));
  const second = pending.add('s', 1, () => Promise.reject(new Error('no')));
  const other = pending.add('t', 1, () => Promise.resolve('other'));
  pending.update('s', false, { phase: 'asking' });
  pending.update('s', true, { phase: 'connecting' });
  expect(await first).toEqual({ kind: 'sent', sentId: 'one' });
  await expect(second).rejects.toThrow('no');
  pending.update('t', false, ended);
  expect(await other).toEqual({ kind: 'ended', reason: 'declined', by: 'peer' });
});

it('gives up what waits for a session that is gone, and keeps nothing of it', async () => {
  const pending = new PendingSends();
  let sent = 0;
  const outcome = pending.add('s', 1, () => Promise.resolve(String(++sent)));
  pending.update('s', false, null);
  expect(await outcome).toMatchObject({ kind: 'ended' });
  pending.update('s', true, connected);
  expect(sent).toBe(0);
});

it('says when the last that waits is taken back, and sends no more of it', () => {
  const pending = new PendingSends();
  let sent = 0;
  const [a, b] = [() => Promise.resolve(String(++sent)), () => Promise.resolve(String(++sent))];
  void pending.add('s', 1, a);
  void pending.add('s', 1, b);
  expect(pending.remove('s', a)).toBe(false);
  expect(pending.remove('s', b)).toBe(true);
  expect(pending.remove('s', b)).toBe(false);
  pending.update('s', true, connected);
  expect(sent).toBe(0);
});
