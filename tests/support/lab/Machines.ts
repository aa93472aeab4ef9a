import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import { startBrowser } from '../app/openBrowser';
import { makeScratchFolder, removeScratchFolder } from '../app/scratchFolder';
import { Display } from './Display';
import { Network, type NetworkHost } from './Network';

/** A machine of the lab as it is without Hither: a wire, a screen and a browser. */
export interface Machine {
  readonly network: NetworkHost;
  readonly display: Display;
  readonly browser: Browser;
}

/**
 * Machines on one switch that outlive a test, as starting their browsers is a third of what it takes to have two hosts. Each test
 * takes them in the same order, and finds them as new: what Hither keeps and what a page keeps is each test's own.
 */
export class Machines {
  readonly #machines: Promise<Machine>[] = [];
  #taken = 0;

  private constructor(
    readonly network: Network,
    readonly dir: string,
  ) {}

  static async create(): Promise<Machines> {
    return new Machines(await Network.create(), await makeScratchFolder());
  }

  /** The next one; its browser is a new one where that of an earlier test was killed. */
  async take(): Promise<Machine> {
    const index = this.#taken++;
    this.#machines[index] = this.#ready(index, this.#machines[index]);
    return this.#machines[index];
  }

  /** After a test: all of them can be taken again, and nothing is in the way of what they send. */
  async giveBack(): Promise<void> {
    this.#taken = 0;
    await this.network.mend();
  }

  async close(): Promise<void> {
    try {
      for (const { browser, display } of await Promise.all(this.#machines)) {
        await browser.close();
        await display.stop();
      }
    } finally {
      await this.network.remove();
      await removeScratchFolder(this.dir);
    }
  }

  async #ready(index: number, before: Promise<Machine> | undefined): Promise<Machine> {
    const known = await before;
    if (known?.browser.isConnected() === true) return { ...known, network: await countedAnew(known.network) };
    const network = known?.network ?? (await this.network.addHost());
    const display = known?.display ?? (await Display.start(network));
    const dir = join(this.dir, String(index));
    const browser = await startBrowser({ dir, wrap: network.wrap, displayName: display.name });
    return { network, display, browser };
  }
}

/** The same host, whose sent bytes are counted from now on. */
async function countedAnew(host: NetworkHost): Promise<NetworkHost> {
  const before = await host.sentBytes();
  return { ...host, sentBytes: async () => (await host.sentBytes()) - before };
}
