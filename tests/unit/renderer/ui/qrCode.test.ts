import { create } from 'qrcode';
import { expect, it } from 'vitest';
import { pathOf } from '../../../../src/renderer/ui/qrPath';
import { linkInvite } from '../../../support/sampleInvites';

/** The modules that a path of runs covers, as `column row`. */
function coveredBy(path: string): Set<string> {
  const runs = [...path.matchAll(/M(\d+) (\d+)h(\d+)v1h-(\d+)z/g)];
  expect(runs.map(([run]) => run).join('')).toBe(path);
  return new Set(
    runs.flatMap(([, x, y, width, back]) => {
      expect(width).toBe(back);
      return Array.from({ length: Number(width) }, (_, index) => `${Number(x) + index} ${Number(y)}`);
    }),
  );
}

it('a QR code covers the dark modules and no others, four modules from its edge', () => {
  const { way } = linkInvite(1);
  const { modules } = create(way.kind === 'link' ? way.link : '', { errorCorrectionLevel: 'M' });
  const dark = new Set<string>();
  for (let row = 0; row < modules.size; row++)
    for (let column = 0; column < modules.size; column++)
      if (modules.get(row, column)) dark.add(`${column + 4} ${row + 4}`);
  expect(dark.size).toBeGreaterThan(400);
  expect(coveredBy(pathOf(modules))).toEqual(dark);
});
