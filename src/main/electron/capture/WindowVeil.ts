import type { Cancel, Clock } from '../../../backend/ports';

/** A page that chose a screen captures it within ten seconds, or not at all; some more for a slow system, in ms. */
const UNUSED_MS = 15_000;

export interface WindowVeilOptions {
  /** The app's window, where it is open. */
  window: () => { setContentProtection(isOn: boolean): void } | null;
  /** Whether the person wants it hidden. */
  isWanted: () => boolean;
  clock: Pick<Clock, 'after'>;
}

/**
 * Whether this system leaves a window out of what is captured when it is asked to: Windows. On macOS programs that capture by ScreenCaptureKit, as
 * Chromium does, see the window all the same (electron.d.ts, `setContentProtection`), and Linux knows no such thing.
 */
export function canHideWindow(platform: NodeJS.Platform): boolean {
  return platform === 'win32';
}

/**
 * Keeps Hither's own window out of the picture while a screen is shared, so that nobody sees it, and themselves in it. Drawn before the
 * capture begins, as one that begins at the same time may still have the window in its first pictures.
 */
export class WindowVeil {
  readonly #options: WindowVeilOptions;
  /** What was chosen last is a whole screen. */
  #isScreen = false;
  #isShared = false;
  #isDrawn = false;
  #cancelUnused: Cancel = () => undefined;

  constructor(options: WindowVeilOptions) {
    this.#options = options;
  }

  /** The person has chosen what to share; a window of another program has ours nowhere. */
  chosen(sourceId: string): void {
    this.#cancelUnused();
    this.#isScreen = sourceId.startsWith('screen:');
    this.#draw(this.#isScreen && this.#options.isWanted());
    this.#cancelUnused = this.#options.clock.after(UNUSED_MS, () => this.update());
  }

  /** The page says whether it shares what was chosen. */
  shared(isShared: boolean): void {
    this.#isShared = isShared;
    this.#cancelUnused();
    this.update();
  }

  /** The settings may have changed. */
  update(): void {
    this.#draw(this.#isShared && this.#isScreen && this.#options.isWanted());
  }

  #draw(isDrawn: boolean): void {
    if (isDrawn === this.#isDrawn) return;
    this.#isDrawn = isDrawn;
    this.#options.window()?.setContentProtection(isDrawn);
  }
}
