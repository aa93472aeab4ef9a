import type { CaptureSource, MicrophoneState } from '../../shared/contract/shell';

/**
 * What the process around the backend can do for it: the desktop shell or, in headless mode, next to nothing.
 * A missing function is a missing capability; the page learns of it through `Capabilities`.
 */
export interface ShellPorts {
  readonly runtime: 'electron' | 'headless';
  /** Whether it goes on without its window where the person wants that (`keepRunning` in the settings). */
  readonly canKeepRunning?: boolean;
  /** Whether its window can be left out of captures of a screen (`hideOwnWindow` in the settings). */
  readonly canHideWindow?: boolean;
  /** Whether a capture of its screens can have the sound of the computer with it (`screenSound` in the settings). */
  readonly canShareSound?: boolean;
  /** Opens the native folder dialog; the absolute path, or `null` when the person cancels it. */
  chooseFolder?(): Promise<string | null>;
  /** Opens the system's file manager at a file or folder. */
  reveal?(path: string): Promise<void>;
  /** Shows a notification of the system, if the window is hidden or in the background; a click brings it to the front. */
  notify?(notification: { title: string; body: string }): void;
  /** Opens a web address of a peer in the browser, once the person has said yes to a question of the system's. */
  openLink?(url: string): Promise<void>;
  /** Keeps the machine from going to sleep while it is on. */
  keepAwake?(isOn: boolean): void;
  /** Progress on the app's icon: 0 to 1, or `null` for none. */
  progress?(fraction: number | null): void;
  /** Whether the page in use captures a screen or a window. */
  screenShared?(isShared: boolean): void;
  /** How the microphone of the page in use stands: for the tray, and for keys that mute it in front of every program. */
  microphone?(state: MicrophoneState): void;
  /** Whether anything is recorded now, here or by others: for the tray. */
  recording?(isOn: boolean): void;
  /** The screens and windows that can be shared, with thumbnails. `pageId` is the page that asks. */
  captureSources?(pageId: string): Promise<CaptureSource[]>;
  /** Makes the page's next `getDisplayMedia` get this source. */
  captureChoose?(sourceId: string, pageId: string): Promise<void> | void;
  /**
   * Dispatches `hither:activated` on the page's `window` as a gesture of the person's, within which `getDisplayMedia`
   * may be called: for captures that a standing permission starts.
   * @throws HitherError `not-allowed` for a page that is gone
   */
  activatePage?(pageId: string): Promise<void>;
}
