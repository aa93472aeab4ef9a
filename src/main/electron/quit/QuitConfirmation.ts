/** Holds back what would end transfers that are under way, until the person agrees. */
export class QuitConfirmation {
  readonly #isBusy: () => boolean;
  readonly #ask: () => Promise<boolean>;
  #isAsking = false;
  #isSure = false;

  /**
   * @param isBusy whether something would be lost now
   * @param ask asks the person; resolves with whether to leave all the same
   */
  constructor(isBusy: () => boolean, ask: () => Promise<boolean>) {
    this.#isBusy = isBusy;
    this.#ask = ask;
  }

  /**
   * For a window's `close` and the app's `before-quit`: prevents the event while the person is asked.
   * @param leave does again what was held back; called once the person agrees
   * @returns whether the event was held back
   */
  hold(event: { preventDefault(): void }, leave: () => void): boolean {
    if (!this.#isBusy()) this.#isSure = false;
    else if (!this.#isSure) {
      event.preventDefault();
      if (!this.#isAsking) void this.#askThen(leave);
      return true;
    }
    return false;
  }

  async #askThen(leave: () => void): Promise<void> {
    this.#isAsking = true;
    // A question that can't be asked must not keep the app open for ever.
    this.#isSure = await this.#ask().catch(() => true);
    this.#isAsking = false;
    if (this.#isSure) leave();
  }
}
