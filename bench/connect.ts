/*
 * `npm run bench:connect [-- ROUNDS]`: from the click on a trusted device's card to "Connected", and to the first picture of a
 * screen that is shared at once; on the LAN, and through a relay on this machine while neither device is on the network. The
 * baseline is two bare RTCPeerConnections within one page of the same browser, in the same rounds.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { en } from '../src/renderer/i18n/en';
import { connect } from '../tests/support/app/connect';
import { Instance } from '../tests/support/app/Instance';
import { keepSocket, request } from '../tests/support/lab/pageRequests';
import { paintStampedScreen } from '../tests/support/lab/stampedScreen';
import { RelayProcess } from '../tests/support/relay/RelayProcess';
import { bareTimes, momentsOf, timeConnecting, timePicture } from './support/connectTimes';
import { atShare, rounded } from './support/statistics';

const RELAY = join(import.meta.dirname, '../out/relay/index.js');
const DEFAULT_ROUNDS = 20;

interface Times {
  connectedMs: number;
  pictureMs: number;
  /** From the press on "Share" alone; what is bare has no such button. */
  sharedMs?: number;
}

const rounds = Number(process.argv[2] ?? DEFAULT_ROUNDS);
if (!(rounds >= 1)) throw new Error('usage: npm run bench:connect [-- ROUNDS]');
const dir = await mkdtemp(join(tmpdir(), 'hither-bench-'));
const stops: (() => Promise<unknown>)[] = [() => rm(dir, { recursive: true, force: true, maxRetries: 5 })];
try {
  const relay = await RelayProcess.start(RELAY, []);
  stops.push(() => relay.end('SIGTERM'));
  const start = async (name: string): Promise<Instance> => {
    const instance = await Instance.start({
      name,
      dir: join(dir, name),
      locale: 'en-US',
      tamper: keepSocket,
    });
    stops.push(() => instance.stop());
    await instance.app.welcome();
    return instance;
  };
  const caller = await start(`Bench caller ${process.pid}`);
  const callee = await start(`Bench callee ${process.pid}`);
  await connect(caller, callee, { trust: true });
  await caller.app.leave();
  for (const { app } of [caller, callee]) await app.goHome();
  await callee.app.trust.allow(caller.name, 'connect');
  await paintStampedScreen(caller.page);
  const blank = await caller.browser.newPage();
  // Only a page of this machine may share a screen.
  await blank.route('http://localhost/', (route) => route.fulfill({ contentType: 'text/html', body: '' }));
  await blank.goto('http://localhost/');
  await paintStampedScreen(blank);

  const bare = await repeat('bare', () => bareTimes(blank));
  await blank.close();
  const lan = await repeat('lan', () => once(caller, callee));
  for (const { page } of [caller, callee])
    await request(page, 'settings:update', {
      nearby: false,
      reachable: true,
      relayUrl: `http://127.0.0.1:${relay.port}`,
    });
  const away = caller.page.getByText(en.home.nearby.reachable);
  await expect(away.first()).toBeVisible({ timeout: 30_000 });
  const relayed = await repeat('relay', () => once(caller, callee));
  console.log(
    JSON.stringify({
      bench: 'connect',
      rounds,
      baseline: figures(bare),
      lan: figures(lan),
      relay: figures(relayed),
      ratio_lan: rounded(atShare(ofKey(lan, 'pictureMs'), 0.5) / atShare(ofKey(bare, 'pictureMs'), 0.5)),
    }),
  );
} finally {
  for (const stop of stops.reverse()) await stop();
}

/** A try and, unnoted, one before all others: what a browser does for the first time is slower. */
async function repeat(name: string, run: () => Promise<Times>): Promise<Times[]> {
  await run();
  const all: Times[] = [];
  for (let round = 1; round <= rounds; round++) {
    const times = await run();
    all.push(times);
    const [connected, picture] = [times.connectedMs, times.pictureMs].map(Math.round);
    console.log(`${name}, round ${round}: connected ${connected} ms, first picture ${picture} ms`);
  }
  return all;
}

/** Connects by the card, shares, sees, and leaves again. */
async function once(from: Instance, to: Instance): Promise<Times> {
  await timeConnecting(from.page, { connected: en.session.state.connected, share: en.share.start });
  await timePicture(to.page);
  await cardOf(from.page, to.name).click();
  await to.app.openSession(from.name);
  const [{ pictureMs }, { clickedMs, connectedMs, sharedMs }] = await Promise.all([
    momentsOf(to.page, 'pictureMs'),
    momentsOf(from.page, 'sharedMs'),
  ]);
  await from.page.getByRole('button', { name: en.share.stop, exact: true }).last().click();
  await from.app.leave();
  for (const { app } of [from, to]) {
    await app.goHome();
    await app.expectNoSession();
  }
  const since = (moment: number): number => moment - clickedMs;
  return { connectedMs: since(connectedMs), pictureMs: since(pictureMs), sharedMs: pictureMs - sharedMs };
}

function cardOf(page: Page, name: string) {
  return page.getByRole('button', { name: en.home.nearby.connect.replace('{{name}}', name), exact: true });
}

function ofKey(all: readonly Times[], key: keyof Times): number[] {
  return all.flatMap((times) => times[key] ?? []);
}

function figures(all: readonly Times[]) {
  const both = (key: keyof Times): number[] =>
    [0.5, 0.95].map((share) => Math.round(atShare(ofKey(all, key), share)));
  const [connected_p50_ms, connected_p95_ms] = both('connectedMs');
  const [picture_p50_ms, picture_p95_ms] = both('pictureMs');
  const times = { connected_p50_ms, connected_p95_ms, picture_p50_ms, picture_p95_ms };
  const [share_to_picture_p50_ms] = both('sharedMs');
  return ofKey(all, 'sharedMs').length === 0 ? times : { ...times, share_to_picture_p50_ms };
}
