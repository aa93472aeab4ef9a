import type { Menu as ElectronMenu, MenuItemConstructorOptions } from 'electron';
import { named } from './named';

interface Item {
  label: string;
  role: string | undefined;
  type: string;
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
