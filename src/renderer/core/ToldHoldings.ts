import { type HeldSend, MAX_HELD_SENDS, type PageHoldings } from '../../shared/contract/app';
import type { MicrophoneState } from '../../shared/contract/shell';
import type { ClientBackend } from './ClientBackend';
import type { LocalMedia } from './media/LocalMedia';

/** What a page holds that has just attached, as far as its backend knows. */
const NOTHING = JSON.stringify({ sends: [], isSharing: false } satisfies PageHoldings);

/** Tells the backend what this page holds that it can't know, so that another page can ask before it takes over. */
export class ToldHoldings {
  readonly #backend: ClientBackend;
  /** What it knows, as JSON. */
  #told = NOTHING;
  #microphone: MicrophoneState = 'off';
  #isScreenShared = false;

  constructor(backend: ClientBackend) {
    this.#backend = backend;
  }

  /** The page has attached anew. */
  reset(): void {
    this.#told = NOTHING;
    this.#microphone = 'off';
    this.#isScreenShared = false;
  }

  /** Says what is held now, where that is new. @param sends files that wait for devices */
  tell(sends: readonly HeldSend[], media: LocalMedia, microphone: MicrophoneState): void {
    this.#tellMicrophone(microphone);
    this.#tellScreen(media.get('screen') !== null);
    const isSharing = media.captures.length > 0;
    const holdings: PageHoldings = { sends: sends.slice(0, MAX_HELD_SENDS), isSharing };
    const told = JSON.stringify(holdings);
    if (told === this.#told) return;
    this.#told = told;
    // A backend that is gone hears it once the page has attached again.
    void this.#backend.request('app:hold', holdings).catch(() => undefined);
  }

  #tellScreen(isShared: boolean): void {
    if (isShared === this.#isScreenShared) return;
    this.#isScreenShared = isShared;
    void this.#backend.request('shell:screen', { isShared }).catch(() => undefined);
  }

  #tellMicrophone(state: MicrophoneState): void {
    if (state === this.#microphone) return;
    this.#microphone = state;
    void this.#backend.request('shell:microphone', { state }).catch(() => undefined);
  }
}
