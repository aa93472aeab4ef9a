import { chmod, open } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { giveAttributes, giveAttributesAt } from '../../../../../src/main/node/files/times';

/** A file that takes no rights from anybody, as those of network shares don't. */
const STUBBORN = '/proc/self/comm';
const attributes = { modifiedMs: -1, isExecutable: true };

describe.runIf(process.platform === 'linux')('times and rights', () => {
  it('that a disk refuses are done without', async () => {
    await expect(chmod(STUBBORN, 0o755)).rejects.toMatchObject({ code: 'EPERM' });
    await giveAttributesAt(STUBBORN, attributes);
    const file = await open(STUBBORN, 'r');
    giveAttributes(file.fd, attributes);
    await file.close();
  });
});
