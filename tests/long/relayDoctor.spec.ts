/** What the relay's doctor says of a coturn that somebody has set by hand. */
import { expect } from '@playwright/test';
import { doctor, SECRET, startCoturn, test, turnProblem } from '../support/turn/turnTest';

test.skip(turnProblem() !== null, turnProblem() ?? '');

test.describe('relay doctor', () => {
  for (const [what, edit, code, clockAheadMs] of [
    ['another secret', (config: string) => config.replace(SECRET, `not ${SECRET}`), 'turn-secret', 0],
    ['a relay whose clock is slow', (config: string) => config, 'turn-clock', -3_600_000],
    [
      'no list of what is inside',
      (config: string) => config.replaceAll(/^denied.*$/gm, ''),
      'turn-leads-inside',
      0,
    ],
    [
      'a door for anybody',
      (config: string) => config.replace(/^use-auth-secret\n.*$/m, 'no-auth'),
      'turn-anybody',
      0,
    ],
    [
      'no room',
      (config: string) => config.replace(/^user-quota.*$/m, 'user-quota=1').replace(/^denied.*$/gm, ''),
      'turn-full',
      0,
    ],
  ] as const)
    test(`tells of ${what}`, async ({ turn }) => {
      await startCoturn(turn, { change: { allowedPeers: [turn.server.addressV4] }, edit });
      const { codes, status } = doctor(turn, clockAheadMs);
      expect(codes).toContain(code);
      if (clockAheadMs !== 0) expect(codes).toContain('clock-wrong');
      expect(status).toBe(1);
    });
});
