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

  it('is told of a file that is too long for it, and not as a disk that is full', () => {
    const error = Object.assign(new Error('EFBIG'), { code: 'EFBIG' });
    expect(writeError(error, 'disk.img').toFailure()).toEqual({
      code: 'file-too-large',
      facts: { name: 'disk.img', errno: 'EFBIG' },
    });
  });
});
