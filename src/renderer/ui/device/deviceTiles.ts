import { fromHex } from '../../../shared/ids';

/** Tiles a side. The left half is mirrored, as faces and butterflies are: people remember such pictures best. */
export const SIDE = 4;
const HUES = 16;

/** Ink and ground differ by 4:1 and more, and the ground by 3:1 from the surfaces of both schemes, in every hue. */
const ground = (hue: number) => `oklch(0.54 0.11 ${hue})`;
const ink = (hue: number) => `oklch(0.97 0.04 ${hue})`;

/** What fills a tile: nothing, all of it, or a quarter disc around one of its corners (clockwise from top left). */
type Tile = 'empty' | 'full' | 0 | 1 | 2 | 3;
const tiles: readonly Tile[] = ['empty', 'full', 0, 1, 2, 3];

/** The same corner seen in a mirror. */
const mirrored = [1, 0, 3, 2] as const;

/**
 * The picture of a device: two colours, and a path over `SIDE` × `SIDE` units.
 * @param deviceId 32 hex digits
 */
export function deviceTiles(deviceId: string): { ground: string; ink: string; path: string } {
  const bytes = fromHex(deviceId);
  const byteAt = (index: number) => bytes[index] ?? 0;
  let path = '';
  for (let y = 0; y < SIDE; y += 1) {
    for (let x = 0; x < SIDE / 2; x += 1) {
      const tile = tiles[byteAt(y * (SIDE / 2) + x) % tiles.length] ?? 'empty';
      path += tilePath(tile, x, y);
      path += tilePath(typeof tile === 'number' ? mirrored[tile] : tile, SIDE - 1 - x, y);
    }
  }
  const hue = (byteAt(8) % HUES) * (360 / HUES);
  return { ground: ground(hue), ink: ink((hue + 60 + (byteAt(9) % 4) * 60) % 360), path };
}

function tilePath(tile: Tile, x: number, y: number): string {
  switch (tile) {
    case 'empty':
      return '';
    case 'full':
      return `M${x} ${y}h1v1h-1z`;
    case 0:
      return `M${x} ${y}h1a1 1 0 0 1-1 1z`;
    case 1:
      return `M${x + 1} ${y}v1a1 1 0 0 1-1-1z`;
    case 2:
      return `M${x + 1} ${y + 1}h-1a1 1 0 0 1 1-1z`;
    case 3:
      return `M${x} ${y + 1}v-1a1 1 0 0 1 1 1z`;
  }
}
