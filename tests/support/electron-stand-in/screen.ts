import type { Display, Screen } from 'electron';
import { app } from './app';
import { named } from './named';
import { type Area, displays } from './XDisplay';

let known: Area[] | null = null;

/** X is asked once the app is ready, since Electron's own functions answer at once. */
void app.whenReady().then(async () => {
  known = await displays().catch(() => []);
});

function shown(): Display[] {
  if (!app.isReady()) throw new Error("The 'screen' module can't be used before the app 'ready' event");
  if (known === null) throw new Error('the Electron stand-in has not looked at its displays yet');
  return known.map((bounds, index) => {
    const size = { width: bounds.width, height: bounds.height };
    const display = {
      id: index,
      bounds,
      size,
      workArea: bounds,
      workAreaSize: size,
      scaleFactor: 1,
      rotation: 0,
    };
    return named('display', display satisfies Partial<Display>) as Display;
  });
}

/** Electron's `screen`: the X screen, or the parts that STAND_IN_DISPLAYS makes of it. */
export const screen = named('screen', {
  getAllDisplays: shown,
  getPrimaryDisplay(): Display {
    const [first] = shown();
    if (first === undefined) throw new Error('no display');
    return first;
  },
} satisfies Partial<Screen>);
