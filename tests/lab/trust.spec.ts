import { join } from 'node:path';
import { answer, compareCodes, connect, expectConnected } from '../support/app/connect';
import { digestsUnder, writeRandomFile } from '../support/app/testFiles';
import type { Host } from '../support/lab/Host';
import { expect, type HostPair, test } from '../support/lab/labTest';
import { countConnections, forgeFingerprint } from '../support/lab/tampering';

/** A device that is gone has left every list by then, in ms. */
const GONE_MS = 15_000;
/** Long enough for a link that should not be built to be built, in ms; one on this network needs well under a second. */
const LINK_MS = 2_000;

/** One leaves: both are told once, and are back where the devices are. */
async function part({ alice, bob }: HostPair): Promise<void> {
  await alice.app.leave();
  await bob.app.expectEnded('left', 'Alice');
}

function connectionCount({ page }: Host): Promise<unknown> {
  return page.evaluate(() => (globalThis as { connectionCount?: number }).connectionCount);
}

test('both people see one code, another one each time, and nothing is connected before both have said so', async ({
  lab,
}) => {
  const pair = await lab.addPair({ alice: { tamper: countConnections }, bob: { tamper: countConnections } });
  const { alice, bob } = pair;
  await alice.app.connectTo('Bob');
  await bob.app.acceptRequest('Alice');
  const code = await alice.app.trust.code();
  expect(await bob.app.trust.code()).toEqual(code);
  await alice.app.trust.confirmCode();
  await alice.app.trust.expectOtherCompares('Bob', 'waiting');
  await alice.page.waitForTimeout(LINK_MS);
  for (const host of [alice, bob]) expect(await connectionCount(host)).toBe(0);
  await bob.app.trust.confirmCode();
  await expectConnected(alice, bob);
  for (const host of [alice, bob]) expect(await connectionCount(host)).toBe(1);

  await part(pair);
  await bob.app.connectTo('Alice');
  await alice.app.acceptRequest('Bob');
  expect(await alice.app.trust.code()).not.toEqual(code);
  await compareCodes(bob, alice);
});

test('codes that differ end the session on both sides, which say what that means', async ({ lab }) => {
  const { alice, bob } = await lab.addPair();
  await alice.app.connectTo('Bob');
  await bob.app.acceptRequest('Alice');
  await alice.app.trust.code();
  await alice.app.trust.confirmCode();
  await bob.app.trust.rejectCode();
  await bob.app.trust.expectMismatchExplained();
  await alice.app.trust.expectMismatchExplained();
});

test('a trusted device is only asked about, then not even that, and after a revocation compared again', async ({
  lab,
}) => {
  test.setTimeout(180_000);
  const pair = await lab.addPair();
  const { alice, bob } = pair;
  await connect(alice, bob, { trust: true });
  await part(pair);

  await alice.app.connectTo('Bob');
  await bob.app.acceptRequest('Alice');
  await expectConnected(alice, bob);
  await part(pair);

  await bob.app.trust.allow('Alice', 'connect');
  await alice.app.connectTo('Bob');
  await alice.app.expectConnected();
  await bob.app.openSession('Alice');
  await bob.app.expectConnected();

  await bob.app.trust.revoke('Alice');
  await alice.app.expectEnded('left', 'Bob');
  await alice.app.connectTo('Bob');
  await bob.app.acceptRequest('Alice');
  // Alice still trusts Bob, so only Bob has something to compare.
  await alice.app.trust.expectOtherCompares('Bob', 'comparing');
  expect(await bob.app.trust.code()).toEqual(await alice.app.trust.code());
  await bob.app.trust.confirmCode();
  await expectConnected(alice, bob);
});

test('trust outlives a restart; a device that was installed anew is not the one that was trusted', async ({
  lab,
}) => {
  test.setTimeout(180_000);
  const pair = await lab.addPair();
  const { alice, bob } = pair;
  await connect(alice, bob, { trust: true });
  await part(pair);
  for (const host of [alice, bob]) await host.instance.restart();
  await alice.app.connectTo('Bob');
  await bob.app.acceptRequest('Alice');
  await expectConnected(alice, bob);
  await part(pair);

  // A goodbye may get lost on its way; what it was about is then found out by asking.
  await bob.instance.reinstall(() => expect(alice.app.card('Bob')).toBeHidden({ timeout: GONE_MS }));
  await alice.app.connectTo('Bob');
  await bob.app.acceptRequest('Alice');
  await expect(alice.app.trust.keyChanged('Bob')).toBeVisible();
  await expect(alice.page.getByTestId('code-digits')).toHaveCount(0);
  // The new Bob knows nobody, so it has no reason to warn.
  await bob.app.trust.code();
  await alice.app.trust.compareAnyway();
  await compareCodes(bob, alice);
  // What was pinned stays pinned: going on is no replacement.
  await alice.app.trust.inSettings(async () => {
    await expect(alice.app.trust.device('Bob')).toHaveCount(1);
  });
});

test('a page that is reloaded goes on where it was, before, while and after codes are compared', async ({
  lab,
}) => {
  test.setTimeout(180_000);
  const { alice, bob } = await lab.addPair();
  await alice.app.connectTo('Bob');
  await bob.page.reload();
  await bob.app.acceptRequest('Alice');
  const code = await alice.app.trust.code();
  await alice.page.reload();
  await alice.app.openSession('Bob');
  expect(await alice.app.trust.code()).toEqual(code);
  await alice.app.trust.confirmCode();
  await alice.page.reload();
  await alice.app.openSession('Bob');
  await alice.app.trust.expectOtherCompares('Bob', 'waiting');
  await bob.page.reload();
  await bob.app.openSession('Alice');
  expect(await bob.app.trust.code()).toEqual(code);
  await bob.app.trust.confirmCode();
  await expectConnected(alice, bob);

  // Each reload brings a new certificate, which the other page must hear of before the new link.
  for (const [one, other] of [
    [alice, bob],
    [bob, alice],
  ] as const) {
    await one.page.reload();
    await one.app.openSession(other.name);
    await expectConnected(one, other);
  }
  const file = await writeRandomFile(join(lab.dir, 'after.bin'), 100_000);
  await alice.app.drop(file);
  await bob.app.acceptOffer('Alice');
  await bob.app.expectTransfer('receive', 'after.bin', 'done');
});

test('an SDP that names another certificate than the peer has signed ends the session', async ({ lab }) => {
  const { alice, bob } = await lab.addPair({ alice: { tamper: forgeFingerprint } });
  await alice.app.connectTo('Bob');
  await bob.app.acceptRequest('Alice');
  for (const host of [alice, bob]) await host.app.trust.code();
  await alice.app.trust.confirmCode();
  await bob.app.trust.confirmCode();
  await bob.app.expectEnded('tampered', 'Alice');
});

test('files of a device that may send them go to the disk unasked', async ({ lab }) => {
  const { alice, bob } = await lab.addPair();
  await connect(alice, bob, { trust: true });
  await bob.app.trust.allow('Alice', 'sendFiles');
  const file = await writeRandomFile(join(lab.dir, 'unasked.bin'), 100_000);
  await alice.app.drop(file);
  await bob.app.expectTransfer('receive', 'unasked.bin', 'done');
  expect([...(await digestsUnder(bob.downloadsDir)).keys()]).toEqual(['unasked.bin']);
  // The permission is one person's, for one direction.
  await bob.app.drop(await writeRandomFile(join(lab.dir, 'asked.bin'), 1_000));
  await expect(alice.app.offer('Bob')).toBeVisible();
});

test('who never trusted is asked for every session', async ({ lab }) => {
  const pair = await lab.addPair();
  await connect(pair.alice, pair.bob);
  await part(pair);
  await pair.alice.app.connectTo('Bob');
  await answer(pair.alice, pair.bob);
});
