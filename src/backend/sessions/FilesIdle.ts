import type { Cancel, Clock } from '../ports';
import type { Session } from './Session';

/** Ends sessions for files alone some time after their last transfer: no view shows them, so no person would leave them. */
export class FilesIdle {
  readonly #clock: Clock;
  readonly #lookMs: number;
  readonly #isBusyWith: (deviceId: string) => boolean;

  /**
   * @param lookMs how often is looked, in ms; a session that is idle at two looks in a row ends
   * @param isBusyWith whether there are transfers with a device that are not over
   */
  constructor(clock: Clock, lookMs: number, isBusyWith: (deviceId: string) => boolean) {
    this.#clock = clock;
    this.#lookMs = lookMs;
    this.#isBusyWith = isBusyWith;
  }

  /** Looks after a session that begins. */
  follow(session: Session): void {
    let wasIdle = false;
    let cancel: Cancel = () => undefined;
    const look = (): void => {
      const isIdle = !this.#isBusyWith(session.peer.deviceId);
      if (isIdle && wasIdle) {
        session.end('closed', 'me');
        return;
      }
      wasIdle = isIdle;
      cancel = this.#clock.after(this.#lookMs, look);
    };
    session.events.on('verified', () => {
      if (session.ask.scope === 'files') cancel = this.#clock.after(this.#lookMs, look);
    });
    session.events.on('ended', () => cancel());
  }
}
