import { describe, expect, it } from 'vitest';
import {
  countWords,
  fractionOf,
  phaseKey,
  progressWords,
  titleParts,
  transferTitle,
} from '../../../../src/renderer/features/transfers/transferWords';
import { createFormat } from '../../../../src/renderer/i18n/format';
import { createI18n } from '../../../../src/renderer/i18n/createI18n';
import { transfer } from '../../../support/harness/samples';

const { t } = createI18n('en');
const format = createFormat('en');
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

describe('transferWords', () => {
  it('names the first thing and counts the others', () => {
    expect(transferTitle(t, transfer(1, { rootNames: ['a.txt'] }))).toBe('a.txt');
    expect(transferTitle(t, transfer(1, { rootNames: ['a.txt', 'b', 'c'] }))).toBe('a.txt and 2 more');
    expect(transferTitle(t, transfer(1, { rootNames: [], fileCount: 3 }))).toBe('3 files');
  });

  it('counts all of them, of which five are named', () => {
    const twelve = transfer(1, { rootNames: ['a', 'b', 'c', 'd', 'e'], rootCount: 12, fileCount: 12 });
    expect(transferTitle(t, twelve)).toBe('a and 11 more');
    expect(titleParts(t, twelve)).toEqual({ first: 'a', more: 'and 11 more' });
  });

  it('says of a folder what is in it', () => {
    const folder = transfer(1, { rootNames: ['Photos'], isFolder: true, fileCount: 12, folderCount: 2 });
    expect(transferTitle(t, folder)).toBe('Photos');
    expect(titleParts(t, folder)).toEqual({ first: 'Photos', more: '(12 files)' });
  });

  it('counts files and folders, and neither when there is none of it', () => {
    expect(countWords(t, { fileCount: 1, folderCount: 0 })).toBe('1 file');
    expect(countWords(t, { fileCount: 2400, folderCount: 1 })).toBe('2,400 files, 1 folder');
    expect(countWords(t, { fileCount: 0, folderCount: 2 })).toBe('2 folders');
  });

  it('tells bytes, speed and time left while bytes move, and only bytes while they wait', () => {
    const moving = transfer(1, {
      doneBytes: 12.3e6,
      totalBytes: 300e6,
      bytesPerSecond: 24e6,
      secondsLeft: 10,
    });
    expect(plain(progressWords(t, format, moving))).toBe('12.3 MB of 300 MB · 24 MB/s · 10 sec left');
    expect(plain(progressWords(t, format, { ...moving, phase: 'waiting' }))).toBe('12.3 MB of 300 MB');
  });

  it('is complete when done, counts files where there are no bytes, and never passes one', () => {
    expect(fractionOf(transfer(1, { phase: 'done', doneBytes: 0 }))).toBe(1);
    expect(fractionOf(transfer(1, { totalBytes: 0, doneBytes: 0, fileCount: 4, doneFiles: 1 }))).toBe(0.25);
    expect(fractionOf(transfer(1, { totalBytes: 10, doneBytes: 11 }))).toBe(1);
  });

  it('says who ended it', () => {
    expect(phaseKey(transfer(1, { phase: 'declined', direction: 'send' }))).toBe(
      'transfers.ended.declinedByPeer',
    );
    expect(phaseKey(transfer(1, { phase: 'cancelled', endedBy: 'me' }))).toBe(
      'transfers.ended.cancelledByMe',
    );
  });
});
