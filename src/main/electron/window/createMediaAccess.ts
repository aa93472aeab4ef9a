import { type BrowserWindow, systemPreferences } from 'electron';
import { askYesNo } from '../shell/askYesNo';
import type { NativeText } from '../shell/nativeText';
import { MediaAccess } from './MediaAccess';

/** macOS asks by itself and remembers; Windows and Linux ask nobody for a program of the desktop, so Hither does. */
export function createMediaAccess(
  dialogParent: () => BrowserWindow | null,
  text: () => NativeText,
): MediaAccess {
  return new MediaAccess({
    askPerson: (device) => {
      const { allowMicrophone, allowCamera, allowDeviceDetail, dontAllow, allow } = text();
      return askYesNo(dialogParent(), {
        message: device === 'microphone' ? allowMicrophone : allowCamera,
        detail: allowDeviceDetail,
        no: dontAllow,
        yes: allow,
      });
    },
    askSystem: process.platform === 'darwin' ? (device) => systemPreferences.askForMediaAccess(device) : null,
  });
}
