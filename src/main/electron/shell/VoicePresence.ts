import type { MicrophoneState } from '../../../shared/contract/shell';

/** How the page's microphone stands, for what the system shows of it: heard whenever that changes. */
export class VoicePresence {
  readonly #onChange: () => void;
  #microphone: MicrophoneState = 'off';

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get microphone(): MicrophoneState {
    return this.#microphone;
  }

  set(microphone: MicrophoneState): void {
    if (microphone === this.#microphone) return;
    this.#microphone = microphone;
    this.#onChange();
  }
}
