import type { MenuItemConstructorOptions } from 'electron';
import type { NativeText } from './nativeText';

/** A role that the text table has a label for; Electron's own labels can't follow the app's language. */
type LabelledRole = keyof NativeText & NonNullable<MenuItemConstructorOptions['role']>;

export interface MenuOptions {
  platform: NodeJS.Platform;
  text: NativeText;
  /** Reload and developer tools: reloading ends every session, so nobody else gets the shortcut. */
  isDeveloper: boolean;
}

/** The application menu, with what people expect on their platform. */
export function menuTemplate({ platform, text, isDeveloper }: MenuOptions): MenuItemConstructorOptions[] {
  const isMac = platform === 'darwin';
  const item = (role: LabelledRole): MenuItemConstructorOptions => ({ role, label: text[role] });
  const line: MenuItemConstructorOptions = { type: 'separator' };
  const developer = isDeveloper ? [item('reload'), item('toggleDevTools'), line] : [];
  const appMenu = [
    ...[item('about'), line, item('services'), line],
    ...[item('hide'), item('hideOthers'), item('unhide'), line, item('quit')],
  ];
  const edit = [
    item('undo'),
    item('redo'),
    line,
    item('cut'),
    item('copy'),
    item('paste'),
    item('selectAll'),
  ];
  const view = [item('resetZoom'), item('zoomIn'), item('zoomOut'), line, item('togglefullscreen')];
  const window = isMac
    ? [item('minimize'), item('zoom'), line, item('front')]
    : [item('minimize'), item('close')];
  return [
    ...(isMac ? [{ label: 'Hither', submenu: appMenu }] : []),
    { label: text.file, submenu: [isMac ? item('close') : item('quit')] },
    { label: text.edit, submenu: edit },
    { label: text.view, submenu: [...developer, ...view] },
    // The roles tell macOS which menus get its own window list and search field.
    { label: text.window, submenu: window, ...(isMac ? { role: 'window' as const } : {}) },
    ...(isMac ? [] : [{ label: text.help, submenu: [item('about')] }]),
  ];
}
