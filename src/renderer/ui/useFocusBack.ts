import { type RefObject, useLayoutEffect } from 'react';

/** Gives the focus back to what had it before, when a part of the page goes away that has it then. */
export function useFocusBack(part: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const before = document.activeElement;
    const element = part.current;
    return () => {
      const isHere = element?.contains(document.activeElement) === true;
      if (isHere && before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [part]);
}
