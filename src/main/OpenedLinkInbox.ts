/**
 * Where links of the app's own arrive from the system, at any time of its life: with its start, from a start while it runs, or
 * by an event that may come before there is anything to open it. Of links that wait, the newest counts.
 */
export class OpenedLinkInbox {
  #waiting: string | null = null;
  #open: ((link: string) => void) | null = null;

  /** @param link anything: the system hands over whatever somebody wrote behind the scheme; `null` for none */
  add(link: string | null): void {
    if (link === null) return;
    if (this.#open) this.#open(link);
    else this.#waiting = link;
  }

  /** Has links opened from now on, beginning with the one that waits. */
  deliverTo(open: (link: string) => void): void {
    this.#open = open;
    const waiting = this.#waiting;
    this.#waiting = null;
    if (waiting !== null) open(waiting);
  }
}
