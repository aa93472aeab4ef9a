import type { Aside, PageHoldings } from '../../shared/contract/app';
import type { Settings } from '../../shared/settings/settings';
import type { ClientBackend } from './ClientBackend';

export interface PageTurnOptions {
  backend: ClientBackend;
  /** Becomes the page in use; never rejects. */
  attach: () => Promise<void>;
  /** Another page is in use; told again when that changes. @param mayAsk the person may still say that it is to be this one */
  onAside: (aside: Aside, mayAsk: boolean) => void;
  /** How the app looks, before there is anything else to show. */
  onSettings: (settings: Settings) => void;
  /** A failure that nobody waits for. */
  onFailure: (error: unknown) => void;
}

/** Whether this page of its backend is the one in use, another one is, or the person has to say which it shall be. */
export class PageTurn {
  readonly #options: PageTurnOptions;
  /** What is known of the page in use, while this one is not. */
  #aside: Aside | null = null;
  /** The person is being asked. */
  #isAsking = false;
  /** This page has been in use: it takes nothing from another one by itself. */
  #hasBeenUsed = false;

  constructor(options: PageTurnOptions) {
    this.#options = options;
    options.backend.on('app:superseded', (aside) => this.#handle(aside));
  }

  /** Attaches where that takes nothing from anybody; else the person is asked, or has said already where Hither is to be. */
  async come(): Promise<void> {
    try {
      const { settings, waiting, other } = await this.#options.backend.request('app:look', {});
      if (other === null || !(this.#hasBeenUsed || this.#aside || holdsAnything(other))) {
        await this.#attach();
        return;
      }
      this.#options.onSettings(settings);
      this.#isAsking = !this.#hasBeenUsed && (this.#aside === null || this.#isAsking);
      this.#stepAside({ waiting, other });
    } catch (error) {
      this.#options.onFailure(error);
    }
  }

  /** The person wants Hither on this page: takes over, or asks first where that costs something they may not think of. */
  async useHere(): Promise<void> {
    if (this.#aside === null || this.#isAsking || !holdsAnything(this.#aside.other)) {
      await this.#attach();
      return;
    }
    this.#isAsking = true;
    this.#stepAside(this.#aside);
  }

  /** The person wants it to stay where it is. */
  leaveThere(): void {
    if (this.#aside === null) return;
    this.#isAsking = false;
    this.#stepAside(this.#aside);
  }

  #handle(aside: Aside): void {
    // Nobody uses Hither any more, so the page that did so last goes on.
    if (aside.other === null) void this.come();
    else this.#stepAside(aside);
  }

  async #attach(): Promise<void> {
    this.#aside = null;
    this.#isAsking = false;
    this.#hasBeenUsed = true;
    await this.#options.attach();
  }

  #stepAside(aside: Aside): void {
    this.#aside = aside;
    if (!holdsAnything(aside.other)) this.#isAsking = false;
    this.#options.onAside(aside, this.#isAsking);
  }
}

function holdsAnything(holdings: PageHoldings | null): boolean {
  return holdings !== null && (holdings.isSharing || holdings.sends.length > 0);
}
