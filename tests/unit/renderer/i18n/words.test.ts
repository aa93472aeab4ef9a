import { describe, expect, it } from 'vitest';
import { createFormat } from '../../../../src/renderer/i18n/format';
import { createI18n } from '../../../../src/renderer/i18n/createI18n';
import { localeOf } from '../../../../src/renderer/i18n/locale';
import { endKey, failureWords } from '../../../../src/renderer/i18n/words';

const { t } = createI18n('en');
const format = createFormat('en');

describe('failureWords', () => {
  it('names sizes and folders of a full disk', () => {
    const failure = {
      code: 'disk-full',
      facts: { name: '/data', neededBytes: 8.2e9, freeBytes: 1.1e9 },
    } as const;
    const { title, facts } = failureWords(t, format, failure);
    expect(title).toBe('The disk is full');
    expect(facts).toEqual([
      { label: 'Needed', value: '8.2 GB' },
      { label: 'Free', value: '1.1 GB' },
      { label: 'Folder', value: '/data' },
    ]);
  });

  it('says how many tries a wrong code leaves', () => {
    const failure = { code: 'wrong-code', facts: { left: 1 } } as const;
    expect(failureWords(t, format, failure).facts).toEqual([{ label: 'Tries left', value: '1' }]);
  });

  it('says why a name is unsafe', () => {
    const failure = { code: 'hostile-name', facts: { name: '../x', reason: 'parent' } } as const;
    expect(failureWords(t, format, failure).facts).toEqual([
      { label: 'File', value: '../x' },
      { label: 'Reason', value: 'It leads out of the folder.' },
    ]);
  });

  it('keeps facts out that mean nothing to a person, and names that only look like facts', () => {
    const bug = { code: 'internal', facts: { request: 'app:attach', name: 'x' } } as const;
    expect(failureWords(t, format, bug).facts).toEqual([]);
    const odd = { code: 'unreachable', facts: { constructor: 'x', toString: 'y' } } as const;
    expect(failureWords(t, format, odd).facts).toEqual([]);
  });

  it('fills nothing into the words of another language', () => {
    const korean = createI18n('ko').t;
    expect(failureWords(korean, createFormat('ko'), { code: 'connection-lost', facts: {} }).title).toBe(
      '연결이 끊어졌어요',
    );
  });
});

describe('endKey', () => {
  it('tells a session that I left from one that the other side left', () => {
    expect(endKey('left', true)).toBe('leftByMe');
    expect(endKey('left', false)).toBe('left');
    expect(endKey('lost', true)).toBe('lost');
  });
});

describe('localeOf', () => {
  it('follows the system to the first language it speaks', () => {
    expect(localeOf('system', ['fr-FR', 'ko-KR', 'en'])).toBe('ko');
    expect(localeOf('system', ['fr'])).toBe('en');
  });

  it('takes the chosen language over the system', () => {
    expect(localeOf('en', ['ko'])).toBe('en');
  });
});
