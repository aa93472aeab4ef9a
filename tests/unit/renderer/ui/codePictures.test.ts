import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { codePictures } from '../../../../src/renderer/ui/device/codePictures';
import { shortCodeOf } from '../../../../src/shared/identity/shortCode';
import { codeIconAt } from '../../../../src/shared/identity/codeIcons';

/** As PROTOCOL.md has it: six bits name one. */
const ICON_COUNT = 64;

describe('the pictures of a code', () => {
  it('are as many as a code can name, each drawn differently', () => {
    const icons = Array.from({ length: ICON_COUNT }, (_, number) => codeIconAt(number));
    const drawings = icons.map((icon) => renderToStaticMarkup(createElement(codePictures[icon].Icon)));
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
    expect(icons.map(codeIconAt)).toEqual(Array.from({ length: 5 }, () => 'diamond'));
  });
});
