/** What browsers find through NATs and firewalls, with a real coturn: the ground that sessions beyond the LAN stand on. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { type Browser, expect, type Page, test as base } from '@playwright/test';
import { findProgram } from '../../scripts/chromium.mjs';
import { startBrowser } from '../support/app/openBrowser';
import { makeScratchFolder, removeScratchFolder } from '../support/app/scratchFolder';
import { Coturn } from '../support/lab/Coturn';
import { command } from '../support/lab/command';
import { connectPages } from '../support/lab/connectPages';
import { Internet, type InternetHost, type Lan, type LanOptions } from '../support/lab/Internet';
import { labProblem } from '../support/lab/requirements';
import { stopProcess } from '../support/lab/stopProcess';

/** A path is found in a second or two; a machine under load takes longer. */
const FOUND_MS = 15_000;
/** Two that can't meet have tried all pairs by then. */
const TRIED_MS = 6_000;

/** A network with one machine, and a page of the browser there. */
interface Place {
  lan: Lan;
  host: InternetHost;
  page: Page;
}

interface World {
  turn: Coturn;
  otherServer: InternetHost;
  here: Place;
  there: Place;
}

const test = base.extend<object, { world: World }>({
  world: [
    async ({}, provide) => {
      const dir = await makeScratchFolder();
      const internet = await Internet.create();
      const turn = await Coturn.start(await internet.addServer(), dir);
      const browsers: Browser[] = [];
      const addPlace = async (name: string): Promise<Place> => {
        const lan = await internet.addLan({ nat: 'cone' });
        const host = await lan.addHost();
        const options = { dir: join(dir, name), wrap: host.wrap, believedKeys: [turn.keyHash] };
        const browser = await startBrowser(options);
        browsers.push(browser);
        return { lan, host, page: await browser.newPage() };
      };
      const [here, there] = [await addPlace('here'), await addPlace('there')];
      await provide({ turn, otherServer: await internet.addServer(), here, there });
      for (const browser of browsers) await browser.close();
      await turn.stop();
      await internet.remove();
      await removeScratchFolder(dir);
    },
    { scope: 'worker' },
  ],
});

test.skip(labProblem() !== null, labProblem() ?? '');
test.skip(findProgram('turnserver') === null, 'missing: coturn');

async function behave({ here, there }: World, options: LanOptions): Promise<void> {
  for (const { lan } of [here, there]) await lan.behave(options);
}

/** The port that a router gives a socket for each of two servers, as the servers see it. */
async function seenPorts({ here, otherServer, turn }: World): Promise<number[]> {
  const listen = `const s = require('dgram').createSocket('udp4');
    s.on('message', (m, from) => s.send(String(from.port), from.port, from.address)); s.bind(9000)`;
  const ask = `const s = require('dgram').createSocket('udp4'); const seen = {};
    s.on('message', (m, from) => { seen[from.address] = Number(m);
      if (Object.keys(seen).length === 2) { console.log(JSON.stringify(Object.values(seen))); process.exit(); } });
    setInterval(() => { for (const to of process.argv.slice(1)) s.send('?', 9000, to); }, 200)`;
  const servers = [turn.host, otherServer].map(({ wrap }) => {
    const [program, ...args] = wrap('node', '-e', listen);
    return spawn(program, args, { stdio: 'ignore' });
  });
  const [program, ...args] = here.host.wrap('node', '-e', ask, turn.host.address, otherServer.address);
  const ports = JSON.parse(await command(program, ...args)) as number[];
  for (const server of servers) await stopProcess(server, 'SIGKILL');
  return ports;
}

test('one NAT shows one port to everybody, the other kind one to each', async ({ world }) => {
  const [first, second] = await seenPorts(world);
  expect(first).toBe(second);
  await behave(world, { nat: 'symmetric' });
  const [one, other] = await seenPorts(world);
  expect(one).not.toBe(other);
});

test('through two NATs a STUN server is enough for a direct path', async ({ world }) => {
  await behave(world, { nat: 'cone' });
  const servers = world.turn.servers('stun');
  const found = await connectPages([world.here.page, servers], [world.there.page, servers], FOUND_MS);
  expect(found).not.toBeNull();
  for (const { local, remote } of found ?? []) expect([local, remote]).not.toContain('relay');
});

test('two symmetric NATs have no path but through TURN', async ({ world }) => {
  await behave(world, { nat: 'symmetric' });
  const { here, there, turn } = world;
  const stun = turn.servers('stun');
  expect(await connectPages([here.page, stun], [there.page, stun], TRIED_MS)).toBeNull();
  const found = await connectPages([here.page, turn.servers('udp')], [there.page, stun], FOUND_MS);
  expect(found?.[0]).toMatchObject({ local: 'relay', relayProtocol: 'udp' });
  expect(found?.[1].remote).toBe('relay');
});

for (const way of ['tcp', 'tls'] as const)
  test(`where a firewall drops UDP there is TURN over ${way.toUpperCase()}`, async ({ world }) => {
    const { here, there, turn } = world;
    await behave(world, { nat: 'cone', lets: 'tcp' });
    const udp = turn.servers('udp');
    if (way === 'tcp') expect(await connectPages([here.page, udp], [there.page, udp], TRIED_MS)).toBeNull();
    const servers = turn.servers(way);
    const found = await connectPages([here.page, servers], [there.page, servers], FOUND_MS);
    for (const path of found ?? []) expect(path).toMatchObject({ local: 'relay', relayProtocol: way });
    expect(found).not.toBeNull();
  });
