import type { PowerSaveBlocker } from 'electron';

/** Keeps the machine from going to sleep by itself; the screen may go dark. */
export class KeepAwake {
  readonly #blocker: Pick<PowerSaveBlocker, 'start' | 'stop'>;
  #id: number | null = null;

  constructor(blocker: Pick<PowerSaveBlocker, 'start' | 'stop'>) {
    this.#blocker = blocker;
  }

  /** Safe to repeat: one block at most is held. */
  set(isOn: boolean): void {
    if (isOn === (this.#id !== null)) return;
    if (this.#id === null) this.#id = this.#blocker.start('prevent-app-suspension');
    else {
      this.#blocker.stop(this.#id);
      this.#id = null;
    }
  }
}
