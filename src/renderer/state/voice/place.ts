/** Where something lies that can be moved: its share of the free room, from 0 (left, top) to 1 (right, bottom). */
export interface Place {
  x: number;
  y: number;
}

/** Bottom right: pictures of screens have their menus at the top, and their text begins at the left. */
export const FIRST_PLACE: Place = { x: 1, y: 1 };

/** Steps of the arrow keys, of the free room. */
const STEP = 0.05;

interface Size {
  width: number;
  height: number;
}

/** The place after a move by so many pixels, inside `room`, of something of this size. */
export function placeAfterDrag(from: Place, byX: number, byY: number, room: Size, own: Size): Place {
  return {
    x: within(from.x + fraction(byX, room.width - own.width)),
    y: within(from.y + fraction(byY, room.height - own.height)),
  };
}

/** The place after an arrow key; `null` for every other key. */
export function placeAfterKey(from: Place, key: string): Place | null {
  switch (key) {
    case 'ArrowLeft':
      return { ...from, x: within(from.x - STEP) };
    case 'ArrowRight':
      return { ...from, x: within(from.x + STEP) };
    case 'ArrowUp':
      return { ...from, y: within(from.y - STEP) };
    case 'ArrowDown':
      return { ...from, y: within(from.y + STEP) };
    default:
      return null;
  }
}

function within(share: number): number {
  return Math.min(1, Math.max(0, share));
}

/** Where there is no free room, nothing moves. */
function fraction(byPx: number, freePx: number): number {
  return freePx > 0 ? byPx / freePx : 0;
}
