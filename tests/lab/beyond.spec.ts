/** Whole apps in networks of their own, which meet by an invite through a real relay: the path they find, and that they say which. */
import { join } from 'node:path';
import { en } from '../../src/renderer/i18n/en';
import { digestOf, writeRandomFile } from '../support/app/testFiles';
import { expect, expectPath, test } from '../support/lab/beyondTest';
import { sentFrames } from '../support/lab/pageRequests';

const TRANSFER_MS = 60_000;

test('through two NATs the path is direct, and a file and a text go over it while the relay is dead', async ({
  pair: { alice, bob, meet, dir },
  world,
}) => {
  await meet();
  await expectPath([alice, bob], en.session.path.internet);
  await world?.relay.kill();
  const file = await writeRandomFile(join(dir, 'far.bin'), 8_000_000);
  await alice.app.drop(file);
  await bob.app.acceptOffer('Alice');
  await bob.app.expectTransfer('receive', 'far.bin', 'done', TRANSFER_MS);
  expect(await digestOf(join(bob.downloadsDir, 'far.bin'))).toBe(await digestOf(file));
  await alice.app.sendText('Bob', 'without a relay');
  await bob.app.expectText('without a relay', 'received');
  await world?.relay.restart();
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
