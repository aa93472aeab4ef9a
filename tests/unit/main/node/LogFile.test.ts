import { writeSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LogFile } from '../../../../src/main/node/LogFile';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'hither-log-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

describe('the file of a log', () => {
  it('loses and counts lines while its disk is full, and says so when it takes them again', async () => {
    const file = join(dir, 'hither.log');
    let roomBytes = Infinity;
    const log = new LogFile(file, (fd, bytes) => {
      if (roomBytes === 0) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
      const count = writeSync(fd, bytes.subarray(0, Math.min(bytes.length, roomBytes)));
      roomBytes -= count;
      return count;
    });
    log.write('{"msg":"one"}\n');
    roomBytes = 5;
    for (const line of ['{"msg":"two"}\n', '{"msg":"three"}\n']) log.write(line);
    roomBytes = Infinity;
    log.write('{"msg":"four"}\n');
    log.write('{"msg":"five"}\n');
    const lines = (await readFile(file, 'utf8')).trim().split('\n');
    expect(lines).toHaveLength(5);
    expect(lines[1]).toBe('{"msg');
    expect(JSON.parse(lines[2]!)).toMatchObject({ msg: 'log', lostLines: 2 });
    expect(lines.slice(3)).toEqual(['{"msg":"four"}', '{"msg":"five"}']);
  });

  it.runIf(process.platform === 'linux')('throws nothing at its callers on a disk that is full', () => {
    const log = new LogFile('/dev/full');
    expect(() => {
      for (let n = 0; n < 3; n++) log.write('{"msg":"one"}\n');
    }).not.toThrow();
  });
});
