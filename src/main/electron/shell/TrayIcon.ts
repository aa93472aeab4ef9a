import type { Menu, MenuItemConstructorOptions, Tray } from 'electron';
import type { Log } from '../../../backend/ports';
import type { NativeText } from './nativeText';
import type { VoicePresence } from './VoicePresence';

/** The part of Electron's `Tray` in use. */
export interface TrayPort extends Pick<Tray, 'destroy' | 'setContextMenu' | 'setToolTip'> {
  on(event: 'click', listener: () => void): unknown;
}

/** What of the person goes out now. */
type Live = Pick<VoicePresence, 'microphone' | 'isRecording'>;

const NOTHING: Live = { microphone: 'off', isRecording: false };

export interface TrayIconOptions {
  /** Puts an icon into the tray; throws where its picture can't be read. */
  create: () => TrayPort;
  buildMenu: (template: MenuItemConstructorOptions[]) => ReturnType<typeof Menu.buildFromTemplate>;
  /** The person wants the window: the menu's first item, or a click on the icon. */
  onOpen: () => void;
  /** The person wants to be muted, or heard again. */
  onMute: () => void;
  /** The person wants the app to end. */
  onQuit: () => void;
  log: Log;
}

/** The way back to a window that was closed while the app goes on. */
export class TrayIcon {
  readonly #options: TrayIconOptions;
  // An icon that nobody holds on to is collected, and vanishes from the tray.
  #tray: TrayPort | null = null;

  constructor(options: TrayIconOptions) {
    this.#options = options;
  }

  /**
   * Shows or removes the icon; safe to repeat, as when the language changed. A tray that can't be used is logged: the
   * app's second start brings the window back as well. While a microphone is on, or something is recorded, the icon
   * is there to say so.
   */
  set(isOn: boolean, text: NativeText, live: Live = NOTHING): void {
    const { microphone, isRecording } = live;
    if (!isOn && microphone === 'off' && !isRecording) {
      this.#tray?.destroy();
      this.#tray = null;
      return;
    }
    this.#tray ??= this.#create();
    const { buildMenu, onOpen, onMute, onQuit } = this.#options;
    // Always a new menu, since Linux would not show a change within the one that it has.
    const menu = buildMenu([
      { label: text.open, click: onOpen },
      ...(microphone === 'off'
        ? []
        : [{ label: microphone === 'on' ? text.mute : text.unmute, click: onMute }]),
      { type: 'separator' },
      { label: text.quit, click: onQuit },
    ]);
    this.#tray?.setContextMenu(menu);
    this.#tray?.setToolTip(toolTipOf(text, live));
  }

  #create(): TrayPort | null {
    try {
      const tray = this.#options.create();
      // On Windows a click; on Linux whatever the desktop takes for an activation, where it has one.
      tray.on('click', this.#options.onOpen);
      return tray;
    } catch (error) {
      this.#options.log.error('tray', { error });
      return null;
    }
  }
}

function toolTipOf(text: NativeText, { microphone, isRecording }: Live): string {
  if (isRecording) return text.recording;
  if (microphone === 'off') return 'Hither';
  return microphone === 'on' ? text.microphoneOn : text.microphoneMuted;
}
