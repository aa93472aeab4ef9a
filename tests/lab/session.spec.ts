import { expectPatternFollowed } from '../support/lab/followsPattern';
import { test } from '../support/lab/labTest';
import { Outage } from '../support/lab/Outage';

test('the person who is asked can decline', async ({ lab }) => {
  const { alice, bob } = await lab.addPair();
  await alice.app.connectTo('Bob');
  await bob.app.declineRequest('Alice');
  await alice.app.expectEnded('declined', 'Bob');
});

test('leaving ends the session on both sides', async ({ lab }) => {
  const { alice, bob } = await lab.addSession();
  await bob.app.leave();
  await alice.app.expectEnded('left', 'Bob');
  await bob.app.expectEnded('leftByMe', 'Alice');
});

test('a session survives ten seconds without a network, and its screen comes back', async ({ lab }) => {
  const { alice, bob } = await lab.addSession();
  await alice.app.shareScreen();
  await expectPatternFollowed(alice, bob, 0);
  const outage = await Outage.begin(bob);
  await alice.app.expectSession('reconnecting', 12_000);
  await bob.app.expectSession('reconnecting', 12_000);
  await outage.endAfter(10_000);
  await alice.app.expectConnected(20_000);
  await bob.app.expectConnected(20_000);
  await expectPatternFollowed(alice, bob, 20);
});

test('a peer whose power is cut ends the session with its reason', async ({ lab }) => {
  const { alice, bob } = await lab.addSession();
  await bob.kill();
  await alice.app.expectEnded('lost', 'Bob', 45_000);
});
