import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, expect, test as base } from '@playwright/test';
import { findProgram } from '../../../scripts/chromium.mjs';
import { ALL_RIGHTS } from '../../../src/shared/protocol/rights';
import { en } from '../../../src/renderer/i18n/en';
import type { Settings } from '../../../src/shared/settings/settings';
import { Instance } from '../app/Instance';
import { startBrowser } from '../app/openBrowser';
import { makeScratchFolder, removeScratchFolder } from '../app/scratchFolder';
import { Troubles } from '../app/Troubles';
import { Coturn } from './Coturn';
import { Internet, type InternetHost, type Lan, type LanOptions } from './Internet';
import { keepSocket, request } from './pageRequests';
import { RelayServer } from './RelayServer';
import { labProblem } from './requirements';
import { keepConnections } from './tampering';

/** A network with one machine, and a browser there. */
export interface Place {
  lan: Lan;
  host: InternetHost;
  browser: Browser;
}

export interface World {
  turn: Coturn;
  relay: RelayServer;
  here: Place;
  there: Place;
  /** One more network, with nobody in it yet. */
  spare: Lan;
}

/** Two devices in networks of their own. */
interface FarPair {
  alice: Instance;
  bob: Instance;
  /** Alice sends a link by another way, and Bob opens it. */
  meet: () => Promise<void>;
  dir: string;
}

interface Fixtures {
  /** What the routers of both networks do. */
  routers: LanOptions;
  alicesSettings: Partial<Settings>;
  pair: FarPair;
}

/** A test of whole apps beyond the LAN, with a real relay and a real coturn on a made-up internet. */
export const test = base.extend<Fixtures, { world: World | null }>({
  routers: [{ nat: 'cone' }, { option: true }],
  alicesSettings: [{}, { option: true }],
  world: [
    async ({}, provide) => {
      if (labProblem() !== null || findProgram('turnserver') === null) {
        await provide(null);
        return;
      }
      const dir = await makeScratchFolder();
      const internet = await Internet.create();
      const turn = await Coturn.start(await internet.addServer(), dir);
      const relay = await RelayServer.start(turn);
      const addPlace = async (name: string): Promise<Place> => {
        const lan = await internet.addLan({ nat: 'cone' });
        const host = await lan.addHost();
        const options = { dir: join(dir, name), wrap: host.wrap, believedKeys: [turn.keyHash] };
        return { lan, host, browser: await startBrowser(options) };
      };
      const [here, there] = [await addPlace('here'), await addPlace('there')];
      await provide({ turn, relay, here, there, spare: await internet.addLan({ nat: 'cone' }) });
      for (const { browser } of [here, there]) await browser.close();
      await relay.kill();
      await turn.stop();
      await internet.remove();
      await removeScratchFolder(dir);
    },
    { scope: 'worker' },
  ],
  pair: async ({ world, routers, alicesSettings }, provide, testInfo) => {
    if (world === null) {
      testInfo.skip(true, labProblem() ?? 'missing: coturn');
      return;
    }
    const dir = await makeScratchFolder();
    for (const { lan } of [world.here, world.there]) await lan.behave(routers);
    const start = async (
      name: string,
      { host, browser }: Place,
      settings: Partial<Settings>,
    ): Promise<Instance> => {
      const profile = join(dir, name, 'profile');
      await mkdir(profile, { recursive: true });
      await writeFile(join(profile, 'settings.json'), JSON.stringify({ nearby: true, ...settings }));
      const tamper = [keepSocket, keepConnections];
      return Instance.start({
        name,
        dir: join(dir, name),
        locale: 'en-US',
        wrap: host.wrap,
        browser,
        tamper,
      });
    };
    const alice = await start('Alice', world.here, { relayUrl: world.relay.url, ...alicesSettings });
    const bob = await start('Bob', world.there, {});
    const troubles = new Troubles();
    for (const instance of [alice, bob]) troubles.watch(instance);
    const meet = async (): Promise<void> => {
      // A page that is not ready yet may ask for nothing.
      for (const { page } of [alice, bob])
        await expect(page.getByRole('button', { name: en.app.home, exact: true })).toBeVisible();
      const invite = { rights: ALL_RIGHTS, isSingleUse: true, minutes: 60 };
      const { way } = await request(alice.page, 'invites:createLink', invite);
      const link = way.kind === 'link' ? way.link : '';
      const sessionId = 'ab'.repeat(16);
      await request(bob.page, 'sessions:connect', { sessionId, target: { kind: 'invite', invite: link } });
      await alice.app.openSession('Bob');
      await bob.app.openSession('Alice');
    };
    await provide({ alice, bob, meet, dir });
    if (testInfo.status !== testInfo.expectedStatus) await troubles.attachScreens(testInfo);
    await Promise.all([alice.stop(), bob.stop()]);
    await removeScratchFolder(dir);
    expect(troubles.unexpected(), 'nothing went wrong unasked').toEqual([]);
  },
});

export { expect };

/** A path is found after so long at most, in ms. */
const FOUND_MS = 20_000;

/** Both sides say which way they go. */
export async function expectPath(instances: readonly Instance[], words: string): Promise<void> {
  for (const { page } of instances)
    await expect(page.getByRole('region', { name: en.session.stage.label }).getByText(words)).toBeVisible({
      timeout: FOUND_MS,
    });
}
