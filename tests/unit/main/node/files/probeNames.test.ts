import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nameRulesOf } from '../../../../../src/main/node/files/probeNames';
import { writeError } from '../../../../../src/main/node/files/diskErrors';
import { WINDOWS_NAMES } from '../../../../../src/shared/transfer/manifest/LocalNames';
import { ANY_NAMES } from '../../../../support/transfer/anyNames';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'hither-names-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

describe('what a disk takes', () => {
  it.runIf(process.platform === 'linux')('is found by trying, which leaves nothing behind', async () => {
    expect(await nameRulesOf(dir)).toEqual(ANY_NAMES);
    expect(await readdir(dir)).toEqual([]);
  });

  it('is what Windows takes on Windows, where names with a colon or a backslash seem to work', async () => {
    expect(await nameRulesOf(dir, 'win32')).toEqual(WINDOWS_NAMES);
    expect(await readdir(dir)).toEqual([]);
  });

  it('is not taken from a disk that is full, and asked again when it has room', async () => {
    const full = (): Promise<void> => Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' }));
    await expect(nameRulesOf(dir, 'linux', full)).rejects.toThrow('full');
    expect(await readdir(dir)).toEqual([]);
    expect((await nameRulesOf(dir, 'linux')).forbidden).toBe('');
  });

  it('is told of a file that is too long for it, and not as a disk that is full', () => {
    const error = Object.assign(new Error('EFBIG'), { code: 'EFBIG' });
    expect(writeError(error, 'disk.img').toFailure()).toEqual({
      code: 'file-too-large',
      facts: { name: 'disk.img', errno: 'EFBIG' },
    });
  });
});
