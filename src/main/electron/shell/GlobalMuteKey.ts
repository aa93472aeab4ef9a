import type { GlobalShortcut } from 'electron';

export interface GlobalMuteKeyOptions {
  shortcuts: Pick<GlobalShortcut, 'register' | 'unregister'>;
  onPress: () => void;
  /** The system did not give the keys: it, or another program, has them. */
  onTaken: (keys: string) => void;
}

/**
 * Keys that mute and unmute whatever program is in front. Held only while a microphone is captured: until then other
 * programs have them.
 */
export class GlobalMuteKey {
  readonly #options: GlobalMuteKeyOptions;
  #held: string | null = null;
  /** What was refused, so that it is said once. */
  #refused: string | null = null;

  constructor(options: GlobalMuteKeyOptions) {
    this.#options = options;
  }

  /** @param keys as Electron's accelerators, such as `Control+Shift+M`; `null` for none. Safe to repeat. */
  set(keys: string | null, isMicrophoneLive: boolean): void {
    const wanted = isMicrophoneLive ? keys : null;
    if (!isMicrophoneLive) this.#refused = null;
    if (wanted === this.#held) return;
    if (this.#held !== null) this.#options.shortcuts.unregister(this.#held);
    this.#held = null;
    if (wanted === null || wanted === this.#refused) return;
    if (this.#register(wanted)) this.#held = wanted;
    else {
      this.#refused = wanted;
      this.#options.onTaken(wanted);
    }
  }

  /** Keys that Electron can't read throw; to the person it is the same. */
  #register(keys: string): boolean {
    try {
      return this.#options.shortcuts.register(keys, this.#options.onPress);
    } catch {
      return false;
    }
  }
}
