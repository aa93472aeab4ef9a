import type { DesktopCapturer, DesktopCapturerSource, NativeImage, SourcesOptions } from 'electron';
import { named } from './named';
import { type Area, displays, picture, wholeScreen, windows } from './XDisplay';

interface Source {
  id: string;
  name: string;
  area: Area;
}

async function listSources(types: readonly string[]): Promise<Source[]> {
  const [screens, opened] = await Promise.all([displays(), windows()]);
  const isOnly = screens.length === 1;
  return [
    ...screens
      .map((area, index) => ({
        id: `screen:${index}:0`,
        name: isOnly ? 'Entire screen' : `Screen ${index + 1}`,
        area,
      }))
      .filter(() => types.includes('screen')),
    ...opened
      .map(({ id, name, ...area }) => ({ id: `window:${Number(id)}:0`, name, area }))
      .filter(() => types.includes('window')),
  ];
}

/**
 * What the page is to cut out of its capture of the whole X screen: `area` is `null` where that is all of it.
 * @throws Error if the source has gone
 */
export async function captureArea(id: string): Promise<{ area: Area | null; screen: Area }> {
  const screen = await wholeScreen();
  const source = (await listSources(['screen', 'window'])).find((known) => known.id === id);
  if (source === undefined) throw new Error(`no source ${id}`);
  const area = visiblePart(source.area, screen);
  const isWhole = area.width === screen.width && area.height === screen.height;
  return { area: isWhole ? null : area, screen };
}

/** A window may reach beyond the screen. */
function visiblePart({ x, y, width, height }: Area, screen: Area): Area {
  const [left, top] = [Math.max(0, x), Math.max(0, y)];
  const [right, bottom] = [Math.min(screen.width, x + width), Math.min(screen.height, y + height)];
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Electron's `desktopCapturer` over the X display, with pictures of what is on it. */
export const desktopCapturer = named('desktopCapturer', {
  async getSources({ types, thumbnailSize = { width: 150, height: 150 } }: SourcesOptions) {
    const sources = await listSources(types);
    const wanted = thumbnailSize.width > 0 && thumbnailSize.height > 0;
    return Promise.all(
      sources.map(async ({ id, name, area }) => {
        const png = wanted ? await picture(area, thumbnailSize) : Buffer.alloc(0);
        const thumbnail = named('nativeImage', {
          isEmpty: () => png.length === 0,
          toDataURL: () => `data:image/png;base64,${png.toString('base64')}`,
        } satisfies Partial<NativeImage>);
        return named('desktopCapturerSource', { id, name, thumbnail }) as unknown as DesktopCapturerSource;
      }),
    );
  },
} satisfies Partial<DesktopCapturer>);
