/** How long a clean shutdown may take before the app goes anyway, in ms: goodbyes on the network take far less. */
const CLOSE_TIMEOUT_MS = 5_000;

/** Holds the first quit back until the backend has closed, once; every later quit passes. */
export class QuitGate {
  readonly #close: () => Promise<void>;
  readonly #quit: () => void;
  readonly #onTrouble: (error: unknown) => void;
  #phase: 'open' | 'closing' | 'closed' = 'open';

  /**
   * @param close closes the backend; called once
   * @param quit quits the app; called when `close` is done, has failed or takes too long
   * @param onTrouble hears why closing failed
   */
  constructor(close: () => Promise<void>, quit: () => void, onTrouble: (error: unknown) => void) {
    this.#close = close;
    this.#quit = quit;
    this.#onTrouble = onTrouble;
  }

  /** Whether the app is on its way out; there is no way back. */
  get isQuitting(): boolean {
    return this.#phase !== 'open';
  }

  /** For `before-quit`. */
  readonly onBeforeQuit = (event: { preventDefault(): void }): void => {
    if (this.#phase === 'closed') return;
    event.preventDefault();
    if (this.#phase === 'closing') return;
    this.#phase = 'closing';
    void this.#finish();
  };

  async #finish(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error('closing took too long')), CLOSE_TIMEOUT_MS);
    });
    try {
      await Promise.race([this.#close(), late]);
    } catch (error) {
      this.#onTrouble(error);
    } finally {
      clearTimeout(timer);
      this.#phase = 'closed';
      this.#quit();
    }
  }
}
