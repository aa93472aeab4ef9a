import { Emitter } from '../../../shared/Emitter';
import type { MicrophoneState } from '../../../shared/contract/shell';

/** How the page's microphone stands, and whether anything is recorded, for what the system shows of it. */
export class VoicePresence {
  readonly #events = new Emitter<{ change: undefined }>();
  #microphone: MicrophoneState = 'off';
  #isRecording = false;

  get microphone(): MicrophoneState {
    return this.#microphone;
  }

  set(microphone: MicrophoneState): void {
    if (microphone === this.#microphone) return;
    this.#microphone = microphone;
    this.#events.emit('change', undefined);
  }

  get isRecording(): boolean {
    return this.#isRecording;
  }

  setRecording(isRecording: boolean): void {
    if (isRecording === this.#isRecording) return;
    this.#isRecording = isRecording;
    this.#events.emit('change', undefined);
  }

  /** Calls `listener` whenever it stands otherwise. */
  onChange(listener: () => void): void {
    this.#events.on('change', listener);
  }
}
