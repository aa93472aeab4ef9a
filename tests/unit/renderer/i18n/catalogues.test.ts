import { describe, expect, it } from 'vitest';
import { en } from '../../../../src/renderer/i18n/en';
import { ko } from '../../../../src/renderer/i18n/ko';
import { Notice } from '../../../../src/shared/contract/app';
import { NearbyProblem } from '../../../../src/shared/contract/nearby';
import { TransferView } from '../../../../src/shared/contract/transfers';
import { ErrorCode } from '../../../../src/shared/errors';
import { codeIconAt } from '../../../../src/shared/identity/codeIcons';
import { EndReason } from '../../../../src/shared/protocol/endReason';

type Tree = { readonly [key: string]: string | Tree };

/** Every text of a catalogue under its dotted key. */
function flat(tree: Tree, prefix = ''): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') texts.set(prefix + key, value);
    else for (const [inner, text] of flat(value, `${prefix}${key}.`)) texts.set(inner, text);
  }
  return texts;
}

const variables = (text: string) => [...text.matchAll(/\{\{\s*(\w+)/g)].map((match) => match[1]).sort();

const english = flat(en);
const korean = flat(ko);

describe('catalogues', () => {
  it('have the same keys, but for the singular that Korean has no use for', () => {
    const wanted = [...english.keys()].filter((key) => !key.endsWith('_one'));
    expect([...korean.keys()].sort()).toEqual(wanted.sort());
  });

  it('have a plural for every singular', () => {
    for (const key of english.keys()) {
      if (key.endsWith('_one')) expect(english.has(key.replace(/_one$/, '_other')), key).toBe(true);
    }
  });

  it('fill the same variables into every sentence', () => {
    for (const [key, text] of korean)
      expect([key, variables(text)]).toEqual([key, variables(english.get(key) ?? '')]);
    for (const [key, text] of english) {
      const other = english.get(key.replace(/_one$/, '_other')) ?? '';
      expect([key, variables(text)]).toEqual([key, variables(other)]);
    }
  });

  it('leave no text empty and no English in the Korean sentences', () => {
    for (const [key, text] of [...english, ...korean]) expect(text.trim(), key).not.toBe('');
    // Names and pure placeholders are the same everywhere.
    const same = [...korean].filter(([key, text]) => english.get(key) === text).map(([key]) => key);
    expect(same.sort()).toEqual([
      'app.name',
      'app.platform.linux',
      'app.platform.macos',
      'app.platform.windows',
      'settings.languages.en',
      'settings.languages.ko',
    ]);
  });

  it.each([
    ['English', en],
    ['Korean', ko],
  ])('say in %s what happened and what to do for every code', (_language, { errors, ends, notices }) => {
    for (const code of ErrorCode.options) expect(isComplete(errors[code]), code).toBe(true);
    for (const reason of EndReason.options) expect(isComplete(ends[reason]), reason).toBe(true);
    for (const code of Notice.shape.code.options) expect(isComplete(notices[code]), code).toBe(true);
  });

  it('say what to do about everything that is wrong with the way to a device', () => {
    const isFine = ['direct', 'relayed-on-purpose', 'relayed-for-peer', 'building'];
    for (const { linkCheck } of [en, ko])
      expect(Object.keys(linkCheck.what).filter((code) => !isFine.includes(code))).toEqual(
        Object.keys(linkCheck.todo),
      );
  });

  it('have words for every nearby problem and transfer phase', () => {
    expect(Object.keys(en.home.empty)).toEqual(expect.arrayContaining(NearbyProblem.options.map(camel)));
    expect(Object.keys(en.transfers.phase).sort()).toEqual([...TransferView.shape.phase.options].sort());
  });

  // People name devices after people, and a line could break between a name that stands apart and what belongs to it.
  it('put no particle behind a name', () => {
    const bad = [...korean].filter(([, text]) =>
      /\{\{(name|trusted|first|label|dir|file)\}\}[”’"']?[가-힣]/.test(text),
    );
    expect(bad).toEqual([]);
  });

  it('name every picture of a code, each differently', () => {
    const numbers = [...Array(64).keys()];
    for (const words of [en.codeIcons, ko.codeIcons]) {
      expect(Object.keys(words).sort()).toEqual(numbers.map(codeIconAt).sort());
      expect(new Set(Object.values(words)).size).toBe(64);
    }
  });
});

function isComplete({ title, help }: { title: string; help: string }): boolean {
  return title.length > 3 && help.length > 8 && /[.?!:0-9]$/.test(help);
}

const camel = (code: string) => code.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
