import { Menu, Tray } from 'electron';
import windowsIcon from '../../../../build/icon.ico?asset';
import linuxIcon from '../../../../build/icons/64x64.png?asset';
import type { Log } from '../../../backend/ports';
import { TrayIcon } from './TrayIcon';

/**
 * The tray icon, not shown yet. Windows picks the size that it needs from the `ico`; a tray of Linux gets one picture,
 * large enough for a panel of double density, and draws it smaller.
 */
export function createTrayIcon(
  handlers: { onOpen: () => void; onMute: () => void; onQuit: () => void },
  log: Log,
): TrayIcon {
  return new TrayIcon({
    ...handlers,
    create: () => new Tray(process.platform === 'win32' ? windowsIcon : linuxIcon),
    buildMenu: (template) => Menu.buildFromTemplate(template),
    log,
  });
}
