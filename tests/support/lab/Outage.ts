import type { Host } from './Host';

/** The time that a host has no network. */
export class Outage {
  readonly #beganMs = Date.now();

  private constructor(readonly host: Host) {}

  /** Pulls a host's cable. */
  static async begin(host: Host): Promise<Outage> {
    await host.network.unplug();
    return new Outage(host);
  }

  /** Plugs the cable in again, so many milliseconds after it was pulled at the earliest: how long it lasts is the test. */
  async endAfter(ms: number): Promise<void> {
    await this.host.page.waitForTimeout(Math.max(0, ms - (Date.now() - this.#beganMs)));
    await this.host.network.plugIn();
  }
}
