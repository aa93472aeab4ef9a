import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { buildProblem } from './build';
import { connect } from './connect';
import { Instance, type InstanceOptions } from './Instance';
import { makeScratchFolder, removeScratchFolder } from './scratchFolder';
import { Troubles } from './Troubles';

type Choices = Partial<Omit<InstanceOptions, 'name' | 'locale'>> & { isVisible?: boolean };

/** Instances on this machine, each with its own profile and a headless browser, for one test. */
export class LocalInstances {
  readonly troubles = new Troubles();
  readonly #instances: Instance[] = [];
  readonly #locale: string;
  // Others on this network may run Hither too; names of this test's own tell its devices apart.
  readonly #suffix = randomBytes(3).toString('hex');

  private constructor(
    locale: string,
    /** Scratch folder of this test; removed after it. */
    readonly dir: string,
  ) {
    this.#locale = locale;
  }

  static async create(locale: string): Promise<LocalInstances> {
    return new LocalInstances(locale, await makeScratchFolder());
  }

  /** Starts an instance and takes its person through the welcome; visible unless told otherwise. */
  async add(name: string, { isVisible = true, ...choices }: Choices = {}): Promise<Instance> {
    const fullName = `${name} ${this.#suffix}`;
    const dir = join(this.dir, name);
    const instance = await Instance.start({ dir, ...choices, name: fullName, locale: this.#locale });
    this.#instances.push(instance);
    this.troubles.watch(instance);
    if (isVisible) await instance.app.welcome();
    return instance;
  }

  /** Two instances with a session between them. */
  async addSession(
    choices: { alice?: Choices; bob?: Choices } = {},
  ): Promise<{ alice: Instance; bob: Instance }> {
    // Side by side, as much of a start is waiting.
    const [alice, bob] = await Promise.all([this.add('Alice', choices.alice), this.add('Bob', choices.bob)]);
    await connect(alice, bob);
    return { alice, bob };
  }

  async close(): Promise<void> {
    await Promise.all(this.#instances.map((instance) => instance.stop()));
    await removeScratchFolder(this.dir);
  }
}

/**
 * A test with instances on this machine. It fails on any console error, unhandled rejection, complaint of a backend or
 * unclean exit that it did not announce.
 */
export const test = base.extend<{ local: LocalInstances }>({
  local: async ({ locale }, provide, testInfo) => {
    expect(buildProblem()).toBeNull();
    const local = await LocalInstances.create(locale ?? 'en-US');
    try {
      await provide(local);
      if (testInfo.status !== testInfo.expectedStatus) await local.troubles.attachScreens(testInfo);
    } finally {
      await local.close();
    }
    expect(local.troubles.unexpected(), 'nothing went wrong unasked').toEqual([]);
  },
});

export { expect };
