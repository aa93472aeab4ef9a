import { QuitConfirmation } from './QuitConfirmation';
import { QuitGate } from './QuitGate';

interface Preventable {
  preventDefault(): void;
}

export interface QuitControllerOptions {
  /** Whether closing the window only hides it, so that sessions and transfers go on. */
  goesOnWithoutWindow: () => boolean;
  /** Whether files are on their way, which an end of the app would stop. */
  isTransferring: () => boolean;
  /** Asks the person whether to leave all the same. */
  ask: () => Promise<boolean>;
  /** Closes the backend; called once. */
  closeBackend: () => Promise<void>;
  /** Quits the app. */
  quit: () => void;
  /** Hears why the backend could not be closed. */
  onTrouble: (error: unknown) => void;
}

/** What closing the window and quitting the app come to. */
export class QuitController {
  readonly #goesOnWithoutWindow: () => boolean;
  readonly #quit: () => void;
  readonly #question: QuitConfirmation;
  readonly #gate: QuitGate;

  constructor(options: QuitControllerOptions) {
    this.#goesOnWithoutWindow = options.goesOnWithoutWindow;
    this.#quit = options.quit;
    this.#question = new QuitConfirmation(options.isTransferring, options.ask);
    this.#gate = new QuitGate(options.closeBackend, options.quit, options.onTrouble);
  }

  /**
   * For the window's `close`, which quitting brings as well: hides the window in place of closing it, asks first where
   * files are under way, or lets it close.
   */
  onClose(event: Preventable, window: { hide: () => void; close: () => void }): void {
    if (this.#gate.isQuitting || !this.#goesOnWithoutWindow()) {
      this.#question.hold(event, window.close);
      return;
    }
    event.preventDefault();
    window.hide();
  }

  /** For `before-quit`: asks first where files are under way, then closes the backend before the app goes. */
  onBeforeQuit(event: Preventable): void {
    if (!this.#question.hold(event, this.#quit)) this.#gate.onBeforeQuit(event);
  }
}
