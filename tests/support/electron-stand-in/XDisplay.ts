import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** A part of the X screen, in pixels from its top left corner. */
export interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface XWindow extends Area {
  id: string;
  name: string;
}

async function run(program: string, ...args: string[]): Promise<string> {
  // Under a locale that the machine lacks, names of windows that are not ASCII come back as an error in words.
  return (await execute(program, args, { env: { ...process.env, LC_ALL: 'C.UTF-8' } })).stdout;
}

/** The whole X screen. */
export async function wholeScreen(): Promise<Area> {
  const text = await run('xwininfo', '-root');
  const [width, height] = ['Width', 'Height'].map((key) =>
    Number(new RegExp(`${key}: (\\d+)`).exec(text)?.[1]),
  );
  if (!width || !height) throw new Error(`no size in ${text}`);
  return { x: 0, y: 0, width, height };
}

/**
 * The displays: the X screen, or the parts that STAND_IN_DISPLAYS makes of it, as in `800x900+0+0 800x900+800+0`.
 * Xvfb can't be given two monitors that Chromium leaves alone.
 */
export async function displays(): Promise<Area[]> {
  const given = process.env['STAND_IN_DISPLAYS']?.matchAll(/(\d+)x(\d+)\+(\d+)\+(\d+)/g);
  if (given === undefined) return [await wholeScreen()];
  return [...given].map(([, width, height, x, y]) => ({
    ...{ x: Number(x), y: Number(y) },
    ...{ width: Number(width), height: Number(height) },
  }));
}

/** Visible windows with a name, the topmost first. */
export async function windows(): Promise<XWindow[]> {
  const tree = await run('xwininfo', '-root', '-children');
  const lines = tree.matchAll(
    /^\s+(0x[0-9a-f]+) "(.+)": .*? (\d+)x(\d+)\+-?\d+\+-?\d+ {2}\+(-?\d+)\+(-?\d+)$/gm,
  );
  const found = [...lines].map(([, id = '', name = '', width, height, x, y]) => ({
    ...{ id, name, x: Number(x), y: Number(y) },
    ...{ width: Number(width), height: Number(height) },
  }));
  const visible = await Promise.all(
    // A window may close between the two questions.
    found.map(({ id }) =>
      run('xwininfo', '-id', id).then(
        (text) => text.includes('IsViewable'),
        () => false,
      ),
    ),
  );
  return found.filter(({ width, height }, index) => visible[index] && width > 20 && height > 20);
}

/** A PNG of what the screen shows there now, within a size. */
export async function picture(area: Area, size: { width: number; height: number }): Promise<Buffer> {
  const crop = `${area.width}x${area.height}+${Math.max(0, area.x)}+${Math.max(0, area.y)}`;
  const args = [
    '-silent',
    '-window',
    'root',
    '-crop',
    crop,
    '-resize',
    `${size.width}x${size.height}`,
    'png:-',
  ];
  const options = { encoding: 'buffer', maxBuffer: 32 * 1024 * 1024 } as const;
  return (await execute('import', args, options)).stdout;
}
