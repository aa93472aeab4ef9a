import { type RefObject, useLayoutEffect } from 'react';

/** Tells the page how high a bar is, as the custom property `name`, so that no card lies over the button in it that stops something. */
export function useOwnHeight(
  bar: RefObject<HTMLElement | null>,
  name: `--${string}`,
  isShown: boolean,
): void {
  useLayoutEffect(() => {
    const element = bar.current;
    if (!isShown || !element) return undefined;
    const { style } = document.documentElement;
    const observer = new ResizeObserver(() => {
      style.setProperty(name, `${element.offsetHeight}px`);
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      style.removeProperty(name);
    };
  }, [bar, name, isShown]);
}
