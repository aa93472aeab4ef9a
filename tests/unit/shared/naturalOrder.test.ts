import { describe, expect, it } from 'vitest';
import { naturalOrder } from '../../../src/shared/naturalOrder';

const inOrder = (...names: string[]) => names.sort(naturalOrder);

describe('names in their natural order', () => {
  it('count numbers as such', () => {
    expect(inOrder('IMG_10.jpg', 'IMG_2.jpg', 'IMG_1.jpg')).toEqual(['IMG_1.jpg', 'IMG_2.jpg', 'IMG_10.jpg']);
    expect(inOrder('11월', '2월', '10월')).toEqual(['2월', '10월', '11월']);
  });

  it('are in one order, also where they look the same', () => {
    const [composed, decomposed] = ['é', 'e\u0301'];
    expect(inOrder(composed, decomposed)).toEqual(inOrder(decomposed, composed));
    expect(naturalOrder(composed, decomposed)).not.toBe(0);
    expect(naturalOrder('a', 'a')).toBe(0);
  });
});
