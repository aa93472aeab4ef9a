import { expect, it } from 'vitest';
import { measuredPurpose, purposeOfItems } from '../../../../src/renderer/core/files/purposeOfItems';
import type { LocalItem } from '../../../../src/renderer/core/types';
import { HitherError } from '../../../../src/shared/errors';
import { RecordingBackend } from '../../../support/RecordingBackend';

const file: LocalItem = { kind: 'file', file: new File(['hello'], 'a.txt'), path: 'a.txt', sizeBytes: 5 };
const folder: LocalItem = { kind: 'path', token: '1'.repeat(32), path: 'Photos' };
const leftOut: LocalItem = { kind: 'left-out', reason: 'link', path: 'link' };

it('names what a page holds, and counts what the backend reads', async () => {
  const backend = new RecordingBackend({
    'transfers:measure': () => ({ fileCount: 240, totalBytes: 1_000 }),
  });
  expect(purposeOfItems([file, folder, leftOut])).toEqual({
    ...{ fileCount: 1, totalBytes: 5, names: ['a.txt', 'Photos/'] },
  });
  expect(await measuredPurpose([file, folder, leftOut], backend)).toEqual({
    ...{ fileCount: 241, totalBytes: 1_005, names: ['a.txt', 'Photos/'] },
  });
  expect(backend.argsOf('transfers:measure')).toEqual([{ token: '1'.repeat(32), path: 'Photos' }]);
  expect(await measuredPurpose([leftOut], backend)).toBeNull();
});

it('fails where a folder can’t be read', async () => {
  const backend = new RecordingBackend({
    'transfers:measure': () => Promise.reject(new HitherError('source-unreadable')),
  });
  await expect(measuredPurpose([folder], backend)).rejects.toMatchObject({ code: 'source-unreadable' });
});
