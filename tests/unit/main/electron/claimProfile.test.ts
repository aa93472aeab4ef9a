import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { claimProfile } from '../../../../src/main/electron/profile/claimProfile';
import { linkOfSecondStart } from '../../../../src/main/electron/profile/secondStart';
import { MAX_INVITE } from '../../../../src/shared/identity/invite';

const app = vi.hoisted(() => ({
  setPath: vi.fn(),
  requestSingleInstanceLock: vi.fn<(handed: unknown) => boolean>(() => true),
}));
vi.mock('electron', () => ({ app }));

let profileDir: string;
beforeEach(async () => {
  profileDir = await mkdtemp(join(tmpdir(), 'hither-claim-'));
  vi.clearAllMocks();
});
afterEach(() => rm(profileDir, { recursive: true, force: true }));

/** The link that the app which is there already gets. */
function handedOver(link: string | null): string | null {
  claimProfile(profileDir, link);
  return linkOfSecondStart(app.requestSingleInstanceLock.mock.lastCall?.[0]);
}

describe('a start for a profile', () => {
  it('hands its link over with the lock of the profile', () => {
    expect(claimProfile(profileDir, null)).toBe(true);
    for (const link of [null, 'hither://relay.example.org/#AQ']) expect(handedOver(link)).toBe(link);
  });

  it('hands over no more of an endless one than shows that it is no invite', () => {
    expect(handedOver(`hither:${'x'.repeat(100_000)}`)).toHaveLength(MAX_INVITE + 1);
  });
});
