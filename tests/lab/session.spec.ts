import { join } from 'node:path';
import { connect } from '../support/app/connect';
import { writeRandomFile } from '../support/app/testFiles';
import { expectPatternFollowed } from '../support/lab/followsPattern';
import { expect, test } from '../support/lab/labTest';
import { Outage } from '../support/lab/Outage';
import { countPacketsElsewhere } from '../support/lab/packetsElsewhere';
import { keepSocket, request } from '../support/lab/pageRequests';
import { recordSessions, seenSessions } from '../support/lab/seenSessions';

test('the person who is asked can decline', async ({ lab }) => {
  const { alice, bob } = await lab.addPair();
  await alice.app.connectTo('Bob');
  await bob.app.declineRequest('Alice');
  await alice.app.expectEnded('declined', 'Bob');
});

test('a session on a LAN sends nothing anywhere else, even with a relay set, and leaving ends it on both sides', async ({
  lab,
}) => {
  const { alice, bob } = await lab.addPair({ alice: { tamper: keepSocket } });
  await request(alice.page, 'settings:update', { relayUrl: 'http://44.128.0.9' });
  const elsewhere = await countPacketsElsewhere([alice.network, bob.network]);
  await connect(alice, bob);
  await alice.app.shareScreen();
  await expect(bob.app.remoteVideo).toBeVisible();
  const file = await writeRandomFile(join(lab.dir, 'near.bin'), 1_000_000);
  await alice.app.drop(file);
  await bob.app.acceptOffer('Alice');
  await bob.app.expectTransfer('receive', 'near.bin', 'done');
  expect(await elsewhere()).toEqual([0, 0]);
  await bob.app.leave();
  await alice.app.expectEnded('left', 'Bob');
  await bob.app.expectEnded('leftByMe', 'Alice');
});

test('a session survives ten seconds without a network, and comes back with its screen at another address', async ({
  lab,
}) => {
  const { alice, bob } = await lab.addSession({
    alice: { tamper: recordSessions },
    bob: { tamper: recordSessions },
  });
  await alice.app.shareScreen();
  await expectPatternFollowed(alice, bob, 0);
  const outage = await Outage.begin(bob);
  await alice.app.expectSession('reconnecting', 12_000);
  await bob.app.expectSession('reconnecting', 12_000);
  // Alice has dialed, so it is she who has to find the new place.
  await bob.network.move();
  await outage.endAfter(10_000);
  await alice.app.expectConnected(20_000);
  await bob.app.expectConnected(20_000);
  await expectPatternFollowed(alice, bob, 20);
  // One session all along. Its link broke in any case; whether its socket did as well in ten seconds is up to the machines.
  const ways = (first: string) => [
    [first, 'verifying', 'connected'],
    [first, 'verifying', 'connected', 'reconnecting', 'connected'],
  ];
  for (const [host, first] of [
    [alice, 'asking'],
    [bob, 'asked'],
  ] as const) {
    const seen = await seenSessions(host.page);
    expect(seen).toHaveLength(1);
    expect(ways(first)).toContainEqual(seen[0]);
  }
});

test('a peer whose power is cut ends the session with its reason', async ({ lab }) => {
  const { alice, bob } = await lab.addSession();
  await bob.kill();
  await alice.app.expectEnded('lost', 'Bob', 45_000);
});
