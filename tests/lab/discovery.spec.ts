import { answer } from '../support/app/connect';
import { candidateAddresses } from '../support/lab/candidateAddresses';
import { command } from '../support/lab/command';
import { expect, test } from '../support/lab/labTest';
import { NearbyProcess } from '../support/lab/NearbyProcess';

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

test('a device whose address changes is known at its new one within seconds, and not lost meanwhile', async ({
  lab,
}) => {
  const [watcher, mover] = [await lab.network.addHost(), await lab.network.addHost()];
  const watching = new NearbyProcess(watcher, 'a'.repeat(32));
  const moving = new NearbyProcess(mover, 'b'.repeat(32));
  const changeAddress = (change: 'add' | 'del', address: string) =>
    command('ip', '-n', mover.namespace, 'addr', change, `${address}/24`, 'dev', 'eth0');
  const addresses = [mover.addressV4, '10.83.0.201', '10.83.0.202', mover.addressV4];
  try {
    for (const [index, address] of addresses.entries()) {
      const before = addresses[index - 1];
      if (before !== undefined) {
        await changeAddress('del', before);
        await changeAddress('add', address);
      }
      // Interfaces are looked at once a second; the rest of the time is for a machine that has much to do.
      const timeout = before === undefined ? 10_000 : 3_000;
      await expect
        .poll(() => watching.sightingsOf(moving.deviceId), { timeout, intervals: [50] })
        .toEqual(addresses.slice(0, index + 1));
    }
  } finally {
    await Promise.all([watching.stop(), moving.stop()]);
  }
});

test('a device that was killed and installed anew is never listed beside the one that it was', async ({
  lab,
}) => {
  const [watcher, other] = [await lab.network.addHost(), await lab.network.addHost()];
  const watching = new NearbyProcess(watcher, 'a'.repeat(32));
  const before = new NearbyProcess(other, 'b'.repeat(32));
  const after = 'c'.repeat(32);
  const all = [watching, before];
  try {
    await expect.poll(() => watching.lists.at(-1), { timeout: 10_000 }).toEqual([before.deviceId]);
    await before.kill();
    all.push(new NearbyProcess(other, after));
    await expect.poll(() => watching.lists.at(-1), { timeout: 10_000, intervals: [50] }).toEqual([after]);
    expect(watching.lists.filter((ids) => ids.length > 1)).toEqual([]);
  } finally {
    await Promise.all(all.map((each) => each.stop()));
  }
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
