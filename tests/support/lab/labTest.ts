import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { buildProblem } from '../app/build';
import { connect } from '../app/connect';
import { makeScratchFolder, removeScratchFolder } from '../app/scratchFolder';
import { Troubles } from '../app/Troubles';
import { Host, type HostOptions } from './Host';
import { Network, type NetworkHost } from './Network';
import { labProblem } from './requirements';

type Choices = Omit<HostOptions, 'network' | 'dir' | 'locale' | 'name'>;

/** Two hosts that are ready to connect. */
export interface HostPair {
  alice: Host;
  bob: Host;
}

/** A network and the hosts on it, for one test. */
export class Lab {
  readonly troubles = new Troubles();
  readonly #hosts: Host[] = [];
  readonly #locale: string;

  private constructor(
    readonly network: Network,
    locale: string,
    /** Scratch folder of this test; removed after it. */
    readonly dir: string,
  ) {
    this.#locale = locale;
  }

  static async create(locale: string): Promise<Lab> {
    return new Lab(await Network.create(), locale, await makeScratchFolder());
  }

  /** Adds a host, starts it and takes its person through the welcome, so that it is visible. */
  async addHost(name: string, choices: Choices = {}): Promise<Host> {
    return this.#startHost(name, choices, await this.network.addHost());
  }

  async #startHost(name: string, choices: Choices, network: NetworkHost): Promise<Host> {
    const host = await Host.start({
      ...choices,
      name,
      network,
      locale: this.#locale,
      dir: join(this.dir, name),
    });
    this.#hosts.push(host);
    this.troubles.watch(host.instance);
    await host.app.welcome();
    return host;
  }

  /** Two hosts, called Alice and Bob. */
  async addPair(choices: { alice?: Choices; bob?: Choices } = {}): Promise<HostPair> {
    const networks = [await this.network.addHost(), await this.network.addHost()] as const;
    // Side by side, as much of a start is waiting.
    const [alice, bob] = await Promise.all([
      this.#startHost('Alice', choices.alice ?? {}, networks[0]),
      this.#startHost('Bob', choices.bob ?? {}, networks[1]),
    ]);
    return { alice, bob };
  }

  /** Two hosts with a session between them: Alice picked Bob's card, Bob accepted. */
  async addSession(choices: { alice?: Choices; bob?: Choices } = {}): Promise<HostPair> {
    const pair = await this.addPair(choices);
    await connect(pair.alice, pair.bob);
    return pair;
  }

  async close(): Promise<void> {
    try {
      await Promise.all(this.#hosts.map((host) => host.stop()));
    } finally {
      await this.network.remove();
      await removeScratchFolder(this.dir);
    }
  }
}

/**
 * A test in the lab. It is skipped, with the reason, where no lab can be built, and it fails on any console error,
 * unhandled rejection, complaint of a backend or unclean exit that it did not announce.
 */
export const test = base.extend<{ lab: Lab }>({
  lab: async ({ locale }, provide, testInfo) => {
    const problem = labProblem();
    testInfo.skip(problem !== null, problem ?? '');
    expect(buildProblem()).toBeNull();
    const lab = await Lab.create(locale ?? 'en-US');
    try {
      await provide(lab);
      if (testInfo.status !== testInfo.expectedStatus) await lab.troubles.attachScreens(testInfo);
    } finally {
      await lab.close();
    }
    expect(lab.troubles.unexpected(), 'nothing went wrong unasked').toEqual([]);
  },
});

export { expect };
