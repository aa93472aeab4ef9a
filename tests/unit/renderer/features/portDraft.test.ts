import { describe, expect, it } from 'vitest';
import { isPort, nextDraft } from '../../../../src/renderer/features/settings/portDraft';

describe('the field of the relay’s port', () => {
  it.each([
    ['nobody typed', '0', 0, 50_000, '50000'],
    ['it was saved in another form', ' 08790', 47_180, 8790, '8790'],
    ['somebody types', '87', 0, 50_000, '87'],
    ['somebody has emptied it', '', 0, 50_000, ''],
    ['it was moved elsewhere', '47180', 47_180, 8790, '8790'],
  ])('after the port changed, where %s', (_what, draft, before, port, shown) => {
    expect(nextDraft(draft, before, port)).toBe(shown);
  });

  it.each(['0', '65536', '-1', '1e3', '', '80 80', '000080'])('takes no %j for a port', (text) => {
    expect(isPort(text)).toBe(false);
  });

  it.each(['1', '80', '65535'])('takes %s for one', (text) => {
    expect(isPort(text)).toBe(true);
  });
});
