/** Whole apps in networks of their own, which meet by an invite through a real relay: the path they find, and that they say which. */
import { join } from 'node:path';
import { en } from '../../src/renderer/i18n/en';
import { digestOf, writeRandomFile } from '../support/app/testFiles';
import { expect, expectPath, test } from '../support/lab/beyondTest';
import { cutPorts, laneTraffic } from '../support/lab/laneTraffic';
import { sentFrames } from '../support/lab/pageRequests';
import { framesSince, noteFrames, paintStampedScreen } from '../support/lab/stampedScreen';

const TRANSFER_MS = 60_000;
/** From a relay's return to the first signals over it: members try again after 15 s at most, and ICE takes its time; in ms. */
const SIGNALS_MS = 30_000;

test('through two NATs the path is direct; a screen, a file and a text go over it while the relay is dead, and signals once it is back', async ({
  pair: { alice, bob, meet, dir },
  world,
}) => {
  await meet();
  await expectPath([alice, bob], en.session.path.internet);
  await paintStampedScreen(alice.page);
  await alice.app.shareScreen();
  await expect(bob.app.remoteVideo).toBeVisible();
  await noteFrames(bob.app.remoteVideo);
  await world?.relay.kill();
  const file = await writeRandomFile(join(dir, 'far.bin'), 8_000_000);
  await alice.app.drop(file);
  await bob.app.acceptOffer('Alice');
  await bob.app.expectTransfer('receive', 'far.bin', 'done', TRANSFER_MS);
  expect(await digestOf(join(bob.downloadsDir, 'far.bin'))).toBe(await digestOf(file));
  await alice.app.sendText('Bob', 'without a relay');
  await bob.app.expectText('without a relay', 'received');
  await framesSince(bob.page);
  await expect.poll(async () => (await framesSince(bob.page)).length).toBeGreaterThan(0);

  await world?.relay.restart();
  const link = (await laneTraffic(alice.page)).find(({ state }) => state === 'connected');
  const mend = world && (await cutPorts(world.here.host, link?.ports ?? []));
  // Nothing but the relay is left to say where the next path leads.
  await alice.app.sendText('Bob', 'over the relay');
  await bob.app.expectText('over the relay', 'received', SIGNALS_MS);
  await expect
    .poll(async () => (await framesSince(bob.page)).length, { timeout: SIGNALS_MS })
    .toBeGreaterThan(0);
  await mend?.();
});

test.describe('two symmetric NATs', () => {
  test.use({ routers: { nat: 'symmetric' } });
  test('are passed through coturn, and both sides say so', async ({ pair: { alice, bob, meet } }) => {
    await meet();
    await expectPath([alice, bob], en.session.path.relay);
  });
});

test.describe('a person who hides their address', () => {
  test.use({ alicesSettings: { hideAddress: true } });
  test('goes through coturn, and no message has the address', async ({
    pair: { alice, bob, meet },
    world,
  }) => {
    await meet();
    await expectPath([alice, bob], en.session.path.relay);
    const said = (await sentFrames(alice.page)).filter((frame) => frame.includes('"sessions:send"'));
    expect(said.some((frame) => frame.includes(' typ relay '))).toBe(true);
    for (const frame of said) {
      expect(frame).not.toMatch(/ typ (host|srflx|prflx) |\.local/);
      expect(frame).not.toContain(world?.here.host.address);
      expect(frame).not.toContain(world?.here.lan.publicAddress);
    }
    // The other side hides nothing, so the same search finds something there.
    expect((await sentFrames(bob.page)).join()).toContain(world?.there.lan.publicAddress);
  });
});
