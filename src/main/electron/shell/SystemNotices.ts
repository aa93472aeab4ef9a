import { Notification } from 'electron';

/** The part of a window in use. */
interface Watched {
  isFocused(): boolean;
  isMinimized(): boolean;
  isVisible(): boolean;
}

/** More of them at once help nobody; the oldest goes. */
const MAX_SHOWN = 8;

/** The system's notifications, for a person who is not looking at the window. */
export class SystemNotices {
  readonly #window: () => Watched | null;
  readonly #onClick: () => void;
  // The system keeps a notification; its click only arrives while somebody here holds on to it.
  readonly #shown = new Set<Notification>();

  /**
   * @param window the window that the person may be looking at
   * @param onClick brings it to the front
   */
  constructor(window: () => Watched | null, onClick: () => void) {
    this.#window = window;
    this.#onClick = onClick;
  }

  /** Shows a notification, unless the window is in front or the system has none to show. */
  show(words: { title: string; body: string }): void {
    const window = this.#window();
    const isWatched = window?.isVisible() === true && !window.isMinimized() && window.isFocused();
    if (isWatched || !Notification.isSupported()) return;
    const notification = new Notification(words);
    this.#shown.add(notification);
    const forget = () => this.#shown.delete(notification);
    notification.once('click', () => {
      forget();
      this.#onClick();
    });
    notification.once('close', forget);
    notification.once('failed', forget);
    const [oldest] = this.#shown;
    if (this.#shown.size > MAX_SHOWN) oldest?.close();
    if (this.#shown.size > MAX_SHOWN && oldest !== undefined) this.#shown.delete(oldest);
    notification.show();
  }
}
