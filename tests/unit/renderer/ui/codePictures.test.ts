import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { codePictures } from '../../../../src/renderer/ui/device/codePictures';
import { CODE_ICONS, ICON_COUNT, shortCodeOf } from '../../../../src/shared/identity/shortCode';
import { codeIconAt, codeIcons } from '../../../../src/shared/identity/codeIcons';

describe('the pictures of a code', () => {
  it('are as many as a code can name, each drawn differently', () => {
    expect(codeIcons).toHaveLength(ICON_COUNT);
    const drawings = codeIcons.map((icon) => renderToStaticMarkup(createElement(codePictures[icon].Icon)));
    // The class names the icon; what counts is the lines.
    const lines = drawings.map((drawing) => (drawing.match(/ d="[^"]*"/g) ?? []).join());
    expect(new Set(lines).size).toBe(ICON_COUNT);
  });

  it('keep their numbers: other versions count on them', () => {
    expect([0, 1, 31, 32, 62, 63].map(codeIconAt)).toEqual([
      'dog',
      'cat',
      'tent',
      'train',
      'heart',
      'diamond',
    ]);
    expect(() => codeIconAt(ICON_COUNT)).toThrow(RangeError);
  });

  it('are there for every code', () => {
    const { icons } = shortCodeOf(new Uint8Array(32).fill(255));
    expect(icons.map(codeIconAt)).toEqual(Array.from({ length: CODE_ICONS }, () => 'diamond'));
  });
});
