import { Emitter } from '../../../shared/Emitter';
import type { MicrophoneState } from '../../../shared/contract/shell';

/** How the page's microphone stands, for what the system shows of it. */
export class VoicePresence {
  readonly #events = new Emitter<{ change: undefined }>();
  #microphone: MicrophoneState = 'off';

  get microphone(): MicrophoneState {
    return this.#microphone;
  }

  set(microphone: MicrophoneState): void {
    if (microphone === this.#microphone) return;
    this.#microphone = microphone;
    this.#events.emit('change', undefined);
  }

  /** Calls `listener` whenever it stands otherwise. */
  onChange(listener: () => void): void {
    this.#events.on('change', listener);
  }
}
