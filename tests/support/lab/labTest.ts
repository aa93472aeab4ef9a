import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { buildProblem } from '../app/build';
import { connect } from '../app/connect';
import { makeScratchFolder, removeScratchFolder } from '../app/scratchFolder';
import { Troubles } from '../app/Troubles';
import { Host, type HostOptions } from './Host';
import { Machines } from './Machines';
import type { Network } from './Network';
import { labProblem } from './requirements';

type Choices = Omit<HostOptions, 'machine' | 'dir' | 'locale' | 'name'>;

/** Two hosts that are ready to connect. */
export interface HostPair {
  alice: Host;
  bob: Host;
}

/** A network and the hosts on it, for one test. */
export class Lab {
  readonly troubles = new Troubles();
  readonly #hosts: Host[] = [];
  readonly #machines: Machines;
  readonly #locale: string;

  private constructor(
    machines: Machines,
    locale: string,
    /** Scratch folder of this test; removed after it. */
    readonly dir: string,
  ) {
    this.#machines = machines;
    this.#locale = locale;
  }

  static async create(machines: Machines, locale: string): Promise<Lab> {
    return new Lab(machines, locale, await makeScratchFolder());
  }

  get network(): Network {
    return this.#machines.network;
  }

  /** Adds a host, starts it and takes its person through the welcome, so that it is visible. */
  async addHost(name: string, choices: Choices = {}): Promise<Host> {
    const host = await Host.start({
      ...choices,
      name,
      machine: await this.#machines.take(),
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
    // Side by side, as much of a start is waiting.
    const [alice, bob] = await Promise.all([
      this.addHost('Alice', choices.alice),
      this.addHost('Bob', choices.bob),
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
      await this.#machines.giveBack();
      await removeScratchFolder(this.dir);
    }
  }
}

/**
 * A test in the lab. It is skipped, with the reason, where no lab can be built, and it fails on any console error,
 * unhandled rejection, complaint of a backend or unclean exit that it did not announce.
 */
export const test = base.extend<{ lab: Lab }, { machines: Machines | null }>({
  machines: [
    async ({}, provide) => {
      const machines = labProblem() === null ? await Machines.create() : null;
      await provide(machines);
      await machines?.close();
    },
    { scope: 'worker' },
  ],
  lab: async ({ locale, machines }, provide, testInfo) => {
    if (machines === null) {
      testInfo.skip(true, labProblem() ?? '');
      return;
    }
    expect(buildProblem()).toBeNull();
    const lab = await Lab.create(machines, locale ?? 'en-US');
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
