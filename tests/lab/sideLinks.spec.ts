import { join } from 'node:path';
import { MAX_SIDE_LINKS } from '../../src/shared/protocol/sideLink';
import { digestOf, writeRandomFile } from '../support/app/testFiles';
import { blockLanLanes, cutPorts, laneTraffic } from '../support/lab/laneTraffic';
import { expect, test } from '../support/lab/labTest';
import { connect } from '../support/app/connect';
import { countConnections, seemFarAway, seemNear } from '../support/lab/tampering';

const FILE_BYTES = 200_000_000;
/** Only a transfer that hangs takes longer, in ms. */
const TRANSFER_MS = 240_000;
const MEGABYTE = 1_000_000;

test('a transfer to a far peer goes over several connections, and survives the silent death of one', async ({
  lab,
}) => {
  test.setTimeout(TRANSFER_MS + 60_000);
  const file = await writeRandomFile(join(lab.dir, 'far.bin'), FILE_BYTES);
  const { alice, bob } = await lab.addPair({ alice: { tamper: seemFarAway } });
  for (const { network } of [alice, bob]) await blockLanLanes(network);
  await connect(alice, bob);
  await alice.app.drop(file);
  await bob.app.acceptOffer('Alice');

  const busy = async () =>
    (await laneTraffic(alice.page)).filter(({ sentBytes }) => sentBytes > MEGABYTE).length;
  await expect.poll(busy, { timeout: 60_000 }).toBe(1 + MAX_SIDE_LINKS);
  const victim = (await laneTraffic(alice.page)).at(-1);
  await cutPorts(alice.network, victim!.ports);
  expect(await bob.app.transferProgress('receive', 'far.bin')).toBeLessThan(80);

  await bob.app.expectTransfer('receive', 'far.bin', 'done', TRANSFER_MS);
  await alice.app.expectTransfer('send', 'far.bin', 'done');
  expect(await digestOf(join(bob.downloadsDir, 'far.bin'))).toBe(await digestOf(file));
  const states = (await laneTraffic(alice.page)).map(({ state }) => state);
  expect(states).toEqual([...Array<string>(MAX_SIDE_LINKS).fill('connected'), 'closed']);
});

test('a transfer to a near peer keeps to one connection', async ({ lab }) => {
  const file = await writeRandomFile(join(lab.dir, 'near.bin'), 30_000_000);
  const { alice, bob } = await lab.addPair({ alice: { tamper: [countConnections, seemNear] } });
  for (const { network } of [alice, bob]) await blockLanLanes(network);
  await connect(alice, bob);
  await alice.app.drop(file);
  await bob.app.acceptOffer('Alice');
  await bob.app.expectTransfer('receive', 'near.bin', 'done', TRANSFER_MS);
  const count = () => (globalThis as { connectionCount?: number }).connectionCount;
  expect(await alice.page.evaluate(count)).toBe(1);
});
