import { readFileSync } from 'node:fs';
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Journal, readRecords } from '../../../../../src/main/node/storage/Journal';
import {
  decodeRecord,
  encodeRecord,
  type JournalRecord,
} from '../../../../../src/backend/transfers/journal/journalRecords';
import { silentLog } from '../../../../support/lan/silentLog';

const record = (text: string): Uint8Array => new TextEncoder().encode(text);
const texts = (content: Uint8Array): string[] =>
  readRecords(content).records.map((each) => new TextDecoder().decode(each));

describe('a journal', () => {
  let dir: string;
  let path: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'hither-journal-'));
    path = join(dir, 'journal');
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  const written = async (...all: string[]): Promise<Buffer> => {
    const journal = await Journal.open(path, 0, silentLog);
    for (const each of all) journal.append(record(each));
    await journal.close();
    return readFile(path);
  };

  it('gives back what was added, in order', async () => {
    expect(texts(await written('one', 'two', 'three'))).toEqual(['one', 'two', 'three']);
  });

  it('has with the system what somebody waited for, and waits for nothing that is added later', async () => {
    const journal = await Journal.open(path, 0, silentLog);
    const adding = setInterval(() => journal.append(record('more')), 1);
    for (let round = 0; round < 20; round++) {
      journal.append(record(`round ${round}`));
      await journal.written();
      expect(texts(readFileSync(path))).toContain(`round ${round}`);
    }
    clearInterval(adding);
    await journal.close();
  });

  it('gives whole records alone, wherever its end was torn off', async () => {
    const content = await written('one', 'two', 'three');
    for (let length = 0; length < content.length; length++) {
      const found = texts(content.subarray(0, length));
      expect(found).toEqual(['one', 'two', 'three'].slice(0, found.length));
      expect(found.length).toBeLessThan(3);
    }
  });

  it('believes no record with a changed byte, and none after it', async () => {
    const content = await written('one', 'two', 'three');
    await fc.assert(
      fc.asyncProperty(fc.nat(content.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const damaged = Buffer.from(content);
        damaged[at] = (damaged[at] ?? 0) ^ change;
        const found = texts(damaged);
        expect(found).toEqual(['one', 'two', 'three'].slice(0, found.length));
        expect(found.length).toBeLessThan(3);
        await Promise.resolve();
      }),
    );
  });

  it('goes on after its last whole record', async () => {
    await written('one', 'two');
    await appendFile(path, Buffer.from([0, 0, 0, 9, 1, 2, 3]));
    const { validBytes } = readRecords(await readFile(path));
    const journal = await Journal.open(path, validBytes, silentLog);
    journal.append(record('three'));
    await journal.close();
    expect(texts(await readFile(path))).toEqual(['one', 'two', 'three']);
  });

  it.each<JournalRecord>([
    { type: 'block', file: 99_999, block: 4_000_000_000, digest: new Uint8Array(32).fill(7) },
    { type: 'complete', file: 3 },
    { type: 'dropped', file: 3 },
    { type: 'part', file: 3, name: '가 (1).part' },
    { type: 'held', isHeld: true },
  ])('keeps a record of type $type', (each) => {
    expect(decodeRecord(encodeRecord(each))).toEqual(each);
  });

  it('has no meaning for what another version may write', () => {
    expect(decodeRecord(new Uint8Array([9, 1, 2]))).toBeNull();
    expect(decodeRecord(new Uint8Array([1, 2]))).toBeNull();
    expect(decodeRecord(new TextEncoder().encode('\u0003{"type":"unheard"}'))).toBeNull();
  });
});
