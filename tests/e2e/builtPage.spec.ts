import { join } from 'node:path';
import { HitherPage } from '../support/app/HitherPage';
import { digestsUnder, writeRandomFile } from '../support/app/testFiles';
import { expect, test } from '../support/app/localTest';
import { withoutFingerprints } from '../support/lab/tampering';

test('the built page loads without a complaint and greets a new person', async ({ local }) => {
  const alice = await local.add('Alice', { isVisible: false });
  await expect(alice.page.getByRole('dialog')).toBeVisible();
  await expect(alice.page).toHaveTitle(/Hither/);
});

// The page reaches behind simple-peer for the lane's data channel; an update that closes that door fails here.
test('simple-peer connects in the production build, and a file passes beside it', async ({ local }) => {
  const file = await writeRandomFile(join(local.dir, 'smoke.bin'), 2_000_000);
  const { alice, bob } = await local.addSession();
  await alice.app.drop(file);
  await bob.app.acceptOffer(alice.name);
  await bob.app.expectTransfer('receive', 'smoke.bin', 'done');
  expect([...(await digestsUnder(bob.downloadsDir)).keys()]).toEqual(['smoke.bin']);
});

test('a second tab takes over, and the first can take it back', async ({ local }) => {
  const alice = await local.add('Alice');
  const second = await alice.openTab();
  await second.expectInUse();
  await alice.app.expectSuperseded();
  await alice.app.useHere();
  await alice.app.expectInUse();
  await second.expectSuperseded();
});

test('a page that is reloaded finds its session again', async ({ local }) => {
  const { alice, bob } = await local.addSession();
  await alice.page.reload();
  await alice.app.openSession(bob.name);
  await alice.app.expectConnected();
  await bob.app.expectConnected();
});

test('a page whose address lacks the token gets nothing', async ({ local }) => {
  const alice = await local.add('Alice');
  const stranger = await alice.browser.newPage();
  await stranger.goto(alice.backend.url.replace(/#.*/, '#token=0000'));
  await expect(new HitherPage(stranger).refusal).toBeVisible();
  await expect(stranger.getByText(alice.name)).toHaveCount(0);
  await alice.app.expectInUse();
  // Who pastes the right one into the same tab changes the fragment alone.
  await stranger.evaluate((url) => location.assign(url), alice.backend.url);
  await expect(new HitherPage(stranger).refusal).toBeHidden();
  await alice.app.expectSuperseded();
});

test('a backend that dies is told at once', async ({ local }) => {
  const alice = await local.add('Alice');
  await alice.killBackend();
  await alice.app.expectBackendLost();
});

test('a browser whose certificates tell no fingerprint, as Firefox’s, connects all the same', async ({
  local,
}) => {
  const { alice, bob } = await local.addSession({ alice: { tamper: withoutFingerprints } });
  expect(await alice.page.evaluate(() => 'getFingerprints' in RTCCertificate.prototype)).toBe(false);
  await alice.app.expectConnected();
  await bob.app.expectConnected();
});
