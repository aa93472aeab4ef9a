import type { DesktopApp } from './DesktopApp';

/** The tray icon of an app, as a person meets it. */
export interface WatchedTray {
  /** The labels of its menu, without lines; `null` while there is no icon. */
  menu: () => Promise<string[] | null>;
  /** A click on the icon itself. */
  click: () => Promise<void>;
  /** A click on an item of its menu. */
  pick: (label: string) => Promise<void>;
}

/**
 * Finds the tray icon that the app makes from now on. Electron lists no trays, so the spec listens in where the app
 * gives its icon a menu.
 */
export async function watchTray(app: DesktopApp): Promise<WatchedTray> {
  await app.evaluate(({ Tray }) => {
    const { setContextMenu } = Tray.prototype as {
      setContextMenu: (this: Electron.Tray, menu: unknown) => void;
    };
    Tray.prototype.setContextMenu = function (this: Electron.Tray, menu) {
      Object.assign(globalThis, { seenTray: { tray: this, menu } });
      setContextMenu.call(this, menu);
    };
  });
  return {
    menu: () =>
      app.evaluate(() => {
        const { seenTray } = globalThis as unknown as Seen;
        if (seenTray === undefined || seenTray.tray.isDestroyed()) return null;
        return seenTray.menu.items.filter(({ type }) => type !== 'separator').map(({ label }) => label);
      }),
    click: async () => {
      await app.evaluate(() => void (globalThis as unknown as Seen).seenTray?.tray.emit('click'));
    },
    pick: async (label) => {
      await app.evaluate((_electron, wanted) => {
        const { items } = (globalThis as unknown as Required<Seen>).seenTray.menu;
        const item = items.find((one) => one.label === wanted);
        if (item === undefined) throw new Error(`no item ${wanted}`);
        // Quitting at once would end the process before it has answered.
        setTimeout(item.click as () => void, 50);
      }, label);
    },
  };
}

interface Seen {
  seenTray?: { tray: Electron.Tray; menu: Electron.Menu };
}
