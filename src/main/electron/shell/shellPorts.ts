import { type BrowserWindow, powerSaveBlocker, shell } from 'electron';
import { isWebLink } from '../../../shared/webLink';
import { HitherError } from '../../../shared/errors';
import type { ShellPorts } from '../../../backend/pages/shellPorts';
import { activatePage } from '../window/activatePage';
import { askToOpenLink } from './askToOpenLink';
import { chooseFolder } from './chooseFolders';
import type { CaptureSources } from '../capture/CaptureSources';
import { canHideWindow, type WindowVeil } from '../capture/WindowVeil';
import type { PageContents } from '../IpcTransport';
import { KeepAwake } from './KeepAwake';
import type { NativeText } from './nativeText';
import { SystemNotices } from './SystemNotices';
import type { VoicePresence } from './VoicePresence';

export interface ElectronShellOptions {
  /** The open window, be it hidden or not. */
  window: () => BrowserWindow | null;
  /** The window that dialogs belong to, where there is one. */
  dialogParent: () => BrowserWindow | null;
  /** Brings the window to the front, or opens one. */
  showWindow: () => void;
  /** The contents that a page of the hub is shown in, or `null` for a page that is gone. */
  contentsOf: (pageId: string) => PageContents | null;
  capture: CaptureSources;
  veil: WindowVeil;
  voice: VoicePresence;
  text: () => NativeText;
}

/** What the desktop does for the backend. */
export function electronShellPorts(options: ElectronShellOptions): ShellPorts {
  const { capture, contentsOf, dialogParent, showWindow, text, veil, voice, window } = options;
  const awake = new KeepAwake(powerSaveBlocker);
  const notices = new SystemNotices(window, showWindow);
  return {
    runtime: 'electron',
    // On macOS an app goes on without windows anyway, until it is quit.
    canKeepRunning: process.platform !== 'darwin',
    canShareSound: capture.canShareSound,
    chooseFolder: () => chooseFolder(dialogParent(), text()),
    reveal(path) {
      shell.showItemInFolder(path);
      return Promise.resolve();
    },
    notify: (notification) => notices.show(notification),
    microphone: (state) => voice.set(state),
    recording: (isOn) => voice.setRecording(isOn),
    openLink: (url) => openLink(url, dialogParent(), text()),
    keepAwake: (isOn) => awake.set(isOn),
    // Electron takes a negative number for none.
    canHideWindow: canHideWindow(process.platform),
    screenShared: (isShared) => veil.shared(isShared),
    progress: (fraction) => window()?.setProgressBar(fraction ?? -1),
    async activatePage(pageId) {
      const contents = contentsOf(pageId);
      if (contents === null) throw new HitherError('not-allowed');
      await activatePage(contents);
    },
    ...(capture.hasPicker
      ? {
          captureSources: () => capture.list(),
          captureChoose: (sourceId: string) => {
            capture.choose(sourceId);
            veil.chosen(sourceId);
          },
        }
      : {}),
  };
}

/** `openExternal` starts a program by the address's scheme, so nothing but the web gets as far as the question. */
async function openLink(address: string, parent: BrowserWindow | null, text: NativeText): Promise<void> {
  if (!isWebLink(address)) throw new HitherError('bad-address');
  const { href } = new URL(address);
  if (await askToOpenLink(parent, href, text)) await shell.openExternal(href);
}
