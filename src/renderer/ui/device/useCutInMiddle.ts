import { type RefObject, useLayoutEffect } from 'react';

const ELLIPSIS = '…';

/**
 * Shows a name in the first element of a box, and where the box has no room for it, as much of both its ends as there is room for.
 * @param by in which direction the box has an end
 */
export function useCutInMiddle(
  box: RefObject<HTMLElement | null>,
  name: string,
  by: 'width' | 'height',
): void {
  useLayoutEffect(() => {
    const element = box.current;
    const text = element?.firstElementChild;
    if (!element || !text) return undefined;
    const isWhole =
      by === 'width'
        ? () => element.scrollWidth <= element.clientWidth
        : () => element.scrollHeight <= element.clientHeight + 1;
    const observer = new ResizeObserver(() => fit(text, name, isWhole));
    observer.observe(element);
    return () => observer.disconnect();
  }, [box, name, by]);
}

function fit(text: Element, name: string, isWhole: () => boolean): void {
  const letters = Array.from(new Intl.Segmenter().segment(name), ({ segment }) => segment);
  const show = (count: number): void => {
    const head = letters.slice(0, Math.ceil(count / 2)).join('');
    const tail = count < 2 ? '' : letters.slice(-Math.floor(count / 2)).join('');
    text.textContent = count >= letters.length ? name : `${head}${ELLIPSIS}${tail}`;
  };
  const fits = (count: number): boolean => {
    show(count);
    return isWhole();
  };
  if (fits(letters.length)) return;
  let [least, most] = [1, letters.length - 1];
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (fits(middle)) least = middle;
    else most = middle - 1;
  }
  show(least);
}
