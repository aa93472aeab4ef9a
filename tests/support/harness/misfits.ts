import type { Locator, Page } from '@playwright/test';

/** Regions that scroll sideways by design: the tabs of the window, a screen that is drawn larger than its place, the code in a text. */
const SIDEWAYS = '.app-tabs, .stage-scroll';

/**
 * What of a page has no room, measured and not looked at: a page or a region that scrolls sideways without being meant to,
 * and buttons, links and fields that a window or a box around them cuts off, or whose own words are cut without a sign. What
 * can be scrolled to counts as there. Empty where everything fits.
 */
export function misfitsOf(page: Page): Promise<string[]> {
  return page.evaluate(lookForMisfits, SIDEWAYS);
}

/** Runs in the page. */
function lookForMisfits(sideways: string): string[] {
  /** Half a pixel of a border, and the one that rounding costs. */
  const SLACK_PX = 1.5;
  const found: string[] = [];
  const called = (element: Element): string => {
    const name = element.getAttribute('aria-label') ?? element.textContent.trim();
    return `${element.localName}.${element.classList[0] ?? ''} “${name.slice(0, 50)}”`;
  };
  const isDrawn = (element: Element): boolean => {
    if (element.closest('[inert], [aria-hidden="true"]')) return false;
    const box = element.getBoundingClientRect();
    const drawn = element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    // Inputs of switches lie unseen in their label, which counts for them.
    return drawn && box.width > 1 && box.height > 1;
  };
  /** The boxes around an element that can cut it: not those that something positioned stands out of. */
  function* holdersOf(element: Element): Generator<Element> {
    let { position } = getComputedStyle(element);
    for (let holder = element.parentElement; holder; holder = holder.parentElement) {
      if (position === 'fixed') return;
      const style = getComputedStyle(holder);
      if (position === 'absolute' && style.position === 'static' && style.transform === 'none') continue;
      ({ position } = style);
      yield holder;
    }
  }

  const scrollers = [...document.querySelectorAll('body *')].filter((element) => {
    const { overflowX } = getComputedStyle(element);
    return (overflowX === 'auto' || overflowX === 'scroll') && !element.matches(sideways);
  });
  for (const part of [document.documentElement, ...scrollers])
    if (part.scrollWidth > part.clientWidth + 1 && part.clientWidth > 0)
      found.push(`${called(part)} is ${part.scrollWidth} wide in ${part.clientWidth}`);

  const fields = 'input, textarea, select, label, [role="radio"], [role="tab"], [role="menuitem"]';
  for (const action of document.querySelectorAll(`button, a[href], ${fields}`)) {
    if (!isDrawn(action)) continue;
    const { left, right, top, bottom } = action.getBoundingClientRect();
    const box = { left, right, top, bottom };
    for (const holder of holdersOf(action)) {
      const { overflowX, overflowY } = getComputedStyle(holder);
      const around = holder.getBoundingClientRect();
      if (overflowX !== 'visible') {
        if (box.left < around.left - SLACK_PX || box.right > around.right + SLACK_PX) {
          if (!holder.matches(sideways)) found.push(`${called(action)} is cut sideways by ${called(holder)}`);
          box.left = Math.max(box.left, around.left);
          box.right = Math.min(box.right, around.right);
        }
      }
      if (overflowY === 'auto' || overflowY === 'scroll') {
        // It can be brought to any place in there that has the room.
        if (bottom - top > holder.clientHeight + SLACK_PX)
          found.push(`${called(action)} is higher than ${called(holder)}, which scrolls`);
        [box.top, box.bottom] = [around.top, around.bottom];
      } else if (overflowY !== 'visible') {
        if (box.top < around.top - SLACK_PX || box.bottom > around.bottom + SLACK_PX)
          found.push(`${called(action)} is cut in its height by ${called(holder)}`);
      }
    }
    if (box.left < -SLACK_PX || box.right > innerWidth + SLACK_PX)
      found.push(`${called(action)} sticks out of the window sideways: ${box.left} to ${box.right}`);
    if (box.top < -SLACK_PX || box.bottom > innerHeight + SLACK_PX)
      found.push(`${called(action)} sticks out of the window: ${box.top} to ${box.bottom}`);
    for (const words of [action, ...action.querySelectorAll('*')]) {
      const style = getComputedStyle(words);
      if (!(words instanceof HTMLElement) || words instanceof HTMLInputElement || !isDrawn(words)) continue;
      if (style.overflowX === 'visible' || words.scrollWidth <= words.clientWidth + 1) continue;
      if (style.textOverflow !== 'ellipsis' && !words.matches(sideways))
        found.push(`the words of ${called(action)} are ${words.scrollWidth} wide in ${words.clientWidth}`);
    }
  }
  return [...new Set(found)];
}

/** Whether an action can be pressed as the window stands: all of it is in the window, and nothing lies over it. */
export async function isInReach(action: Locator): Promise<boolean> {
  return action.evaluate((element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    if (left < 0 || top < 0 || right > innerWidth || bottom > innerHeight) return false;
    // Inside of what rounded corners leave out.
    const inset = Math.min(8, (right - left) / 2, (bottom - top) / 2);
    const points = [left + inset, right - inset].flatMap((x) =>
      [top + inset, bottom - inset].map((y) => [x, y]),
    );
    // A field has its icon over it.
    const own = element instanceof HTMLInputElement ? (element.parentElement ?? element) : element;
    return points.every(([x = 0, y = 0]) => own.contains(document.elementFromPoint(x, y)));
  });
}
