import { answer } from '../support/app/connect';
import { candidateAddresses } from '../support/lab/candidateAddresses';
import { expect, test } from '../support/lab/labTest';

test('two devices find each other, and each shows the other as a card', async ({ lab }) => {
  const { alice, bob } = await lab.addPair();
  await expect(alice.app.card('Bob')).toBeVisible({ timeout: 20_000 });
  await expect(bob.app.card('Alice')).toBeVisible({ timeout: 20_000 });
  await expect(alice.app.card('Alice')).toHaveCount(0);
});

test('a device that stops in good order disappears at once', async ({ lab }) => {
  const { alice, bob } = await lab.addPair();
  await expect(alice.app.card('Bob')).toBeVisible({ timeout: 20_000 });
  await bob.stop();
  await expect(alice.app.card('Bob')).toBeHidden({ timeout: 6_000 });
});

test('where multicast is blocked, an address connects, even while the browsers hide theirs', async ({
  lab,
}) => {
  // Without multicast nobody can resolve the .local names that browsers put in place of addresses.
  await lab.network.blockMulticastDns();
  const { alice, bob } = await lab.addPair();
  for (const address of await candidateAddresses(alice.page)) expect(address).toMatch(/\.local$/);
  await alice.app.connectToAddress(bob.network.addressV4);
  await answer(alice, bob);
  await expect(alice.app.card('Bob')).toHaveCount(0);
});

test('an IPv6 address connects too', async ({ lab }) => {
  const { alice, bob } = await lab.addPair();
  await alice.app.connectToAddress(`[${bob.network.addressV6}]`);
  await answer(alice, bob);
});

test('an address where nothing answers says so', async ({ lab }) => {
  const { alice } = await lab.addPair();
  await alice.app.connectToAddress('10.83.0.1');
  await alice.app.expectEnded('unreachable', '10.83.0.1');
});
