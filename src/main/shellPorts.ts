import type { CaptureSource } from '../shared/contract/contract';

/**
 * What the process around the backend can do for it: the desktop shell or, in headless mode, next to nothing.
 * A missing function is a missing capability; the page learns of it through `Capabilities`.
 */
export interface ShellPorts {
  readonly runtime: 'electron' | 'headless';
  /** Opens the native folder dialog; the absolute path, or `null` when the person cancels it. */
  chooseFolder?(): Promise<string | null>;
  /** Opens the system's file manager at a file or folder. */
  reveal?(path: string): Promise<void>;
  /** The screens and windows that can be shared, with thumbnails. `pageId` is the page that asks. */
  captureSources?(pageId: string): Promise<CaptureSource[]>;
  /** Makes the page's next `getDisplayMedia` get this source. */
  captureChoose?(sourceId: string, pageId: string): Promise<void> | void;
}
