import { useLayoutEffect, useRef } from 'react';
import './WholeName.css';

const ELLIPSIS = '…';

/** Somebody's name, whole on two lines; one that is longer is cut in the middle, as names differ at their ends. */
export function WholeName({ children: name }: { children: string }) {
  const box = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => fit(element, name));
    observer.observe(element);
    return () => observer.disconnect();
  }, [name]);
  return (
    <span ref={box} className="whole-name" title={name}>
      <bdi>{name}</bdi>
    </span>
  );
}

/** Shows as much of both ends as there is room for. */
function fit(element: HTMLElement, name: string): void {
  const text = element.firstElementChild;
  if (!text) return;
  const letters = Array.from(new Intl.Segmenter().segment(name), ({ segment }) => segment);
  const show = (count: number): void => {
    const head = letters.slice(0, Math.ceil(count / 2)).join('');
    const tail = count < 2 ? '' : letters.slice(-Math.floor(count / 2)).join('');
    text.textContent = count >= letters.length ? name : `${head}${ELLIPSIS}${tail}`;
  };
  const fits = (count: number): boolean => {
    show(count);
    return element.scrollHeight <= element.clientHeight + 1;
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
