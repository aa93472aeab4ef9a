import type { Menu as ElectronMenu, MenuItemConstructorOptions } from 'electron';
import { app } from './app';
import { named } from './named';

interface Item {
  label: string;
  role: string | undefined;
  type: string;
  /** As when a person picks it; a role that the stand-in does not know does nothing. */
  click: () => void;
  submenu: StandInMenu | undefined;
}

/** What the tests read of a menu: labels, roles, order. Nothing draws it. */
class StandInMenu {
  readonly items: readonly Item[];

  constructor(template: readonly MenuItemConstructorOptions[]) {
    this.items = template.map((item) => ({
      label: item.label ?? '',
      role: item.role,
      type: item.type ?? (item.submenu === undefined ? 'normal' : 'submenu'),
      click: () => {
        if (item.role === 'quit') app.quit();
        else if (item.role === undefined) (item.click as (() => void) | undefined)?.();
      },
      submenu: Array.isArray(item.submenu) ? new StandInMenu(item.submenu) : undefined,
    }));
  }
}

let applicationMenu: StandInMenu | null = null;

export const Menu = named('Menu', {
  buildFromTemplate: (template: MenuItemConstructorOptions[]) =>
    named('menu', new StandInMenu(template)) as unknown as ElectronMenu,
  setApplicationMenu: (menu: ElectronMenu | null) => {
    applicationMenu = menu as unknown as StandInMenu | null;
  },
  getApplicationMenu: () => applicationMenu as unknown as ElectronMenu | null,
} satisfies Partial<typeof ElectronMenu>);
