import { listenToTest } from './control';

export { app } from './app';
export { BrowserWindow } from './BrowserWindow';
export { desktopCapturer } from './desktopCapturer';
export { dialog } from './dialog';
export { ipcMain } from './ipcMain';
export { Menu } from './Menu';
export { nativeTheme } from './nativeTheme';
export { protocol } from './protocol';
export { session } from './session';
export { shell, systemPreferences } from './shell';

listenToTest();
