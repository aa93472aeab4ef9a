import { listenToTest } from './control';

export { app } from './app';
export { BrowserWindow } from './BrowserWindow';
export { desktopCapturer } from './desktopCapturer';
export { dialog } from './dialog';
export { globalShortcut } from './globalShortcut';
export { ipcMain } from './ipcMain';
export { Menu } from './Menu';
export { Notification } from './Notification';
export { powerSaveBlocker } from './powerSaveBlocker';
export { nativeTheme } from './nativeTheme';
export { protocol } from './protocol';
export { safeStorage } from './safeStorage';
export { screen } from './screen';
export { session } from './session';
export { shell, systemPreferences } from './shell';
export { Tray } from './Tray';

listenToTest();
