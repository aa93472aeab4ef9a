import { expect } from '@playwright/test';
import { test } from '../support/browser/backendsTest';

/** Two whole backends in a browser, without Node: one in a page, the other in a worker of it. */
const FILE_BYTES = 50_000_000;
/** Blocks that may go twice for one kill: those of a lane, and those whose records were being written. */
const RESENT_PER_KILL = 8;

test('two devices shake hands, and both people see the same code and trust each other', async ({ page }) => {
  const { codes, asked, trusted } = await page.evaluate(async () => {
    const { alice, bob } = window.twoBackends;
    const sessionId = await alice.dial({ kind: 'address', address: 'bob' });
    const [asking, asked] = await Promise.all([alice.page.inPhase('asking'), bob.page.inPhase('asked')]);
    await bob.accept();
    const verifying = await Promise.all([alice, bob].map((each) => each.page.inPhase('verifying')));
    await alice.verify();
    const half = await bob.page.until(() => bob.page.sessions.find(({ isPeerVerified }) => isPeerVerified));
    await bob.verify();
    await window.twoBackends.connected();
    const states = await Promise.all([alice, bob].map((each) => each.page.attach()));
    return {
      codes: [...verifying.map(({ code }) => code), asking.code, asked.code].map((code) =>
        JSON.stringify(code),
      ),
      asked: { ...asked, isSame: asked.sessionId === sessionId, phaseOfHalf: half.phase },
      trusted: states.map((state) => state.trusted.map(({ name }) => name)),
    };
  });
  expect(asked).toMatchObject({ isSame: true, peer: { name: 'Alice' }, phaseOfHalf: 'verifying' });
  expect(new Set(codes).size).toBe(1);
  expect(trusted).toEqual([['Bob'], ['Alice']]);
});

test('both know each other again after a restart on the same database', async ({ page }) => {
  const { before, after, phases } = await page.evaluate(async () => {
    const { alice, bob } = window.twoBackends;
    const keys = (states: Awaited<ReturnType<typeof alice.start>>[]) =>
      states.map(({ identityKey, trusted }) => [identityKey, ...trusted.map((device) => device.identityKey)]);
    await window.twoBackends.meet();
    const before = keys(await Promise.all([alice, bob].map((each) => each.page.attach())));
    await alice.page.close();
    bob.kill();
    const again = await Promise.all([alice.start(), bob.start()]);
    const [{ device }] = [again[1]];
    await alice.dial({ kind: 'device', deviceId: device.deviceId });
    await bob.accept();
    await window.twoBackends.connected();
    const phases = [alice, bob].map((each) =>
      each.page.sessions.map(({ phase, trust }) => [phase, trust.state]),
    );
    return { before, after: keys(again), phases };
  });
  expect(after).toEqual(before);
  expect(before[0]?.toReversed()).toEqual(before[1]);
  expect(phases).toEqual([[['connected', 'trusted']], [['connected', 'trusted']]]);
});

test('50 MB go both ways at once and arrive as they were', async ({ page }) => {
  const { sent, received } = await page.evaluate(async (sizeBytes) => {
    const { alice, bob, ...two } = window.twoBackends;
    await window.twoBackends.meet();
    const files = [
      window.twoBackends.randomFile(sizeBytes),
      window.twoBackends.randomFile(sizeBytes),
    ] as const;
    await alice.dropFile('from-alice.bin', files[0]);
    await bob.dropFile('from-bob.bin', files[1]);
    await Promise.all([alice.receive('from-bob.bin'), bob.receive('from-alice.bin')]);
    await Promise.all([
      alice.page.transfer('send', 'from-alice.bin', 'done'),
      alice.page.transfer('receive', 'from-bob.bin', 'done'),
      bob.page.transfer('send', 'from-bob.bin', 'done'),
      bob.page.transfer('receive', 'from-alice.bin', 'done'),
    ]);
    const sent = await Promise.all(files.map((file) => two.digestOf(file)));
    return { sent, received: [await bob.received(), await alice.received()] };
  }, FILE_BYTES);
  expect(received).toEqual([
    { '/downloads/from-alice.bin': sent[0] },
    { '/downloads/from-bob.bin': sent[1] },
  ]);
});

test('a transfer goes on after its receiver was killed, and after its sender was', async ({ page }) => {
  const killed = await page.evaluate(async (sizeBytes) => {
    const two = window.twoBackends;
    const { alice, bob } = two;
    await two.meet();
    const file = two.randomFile(sizeBytes);
    const killBobAt = async (blocks: number) => {
      await two.untilSent(blocks);
      bob.kill();
      const state = await bob.start();
      await two.connected();
      return state.transfers.map(({ phase, doneBytes }) => ({ phase, isBegun: doneBytes > 0 }));
    };
    await alice.dropFile('big.bin', file);
    await bob.receive('big.bin');
    const asReceiver = { left: await killBobAt(24), lost: 0, resent: 0 };
    await alice.page.transfer('send', 'big.bin', 'done');
    const received = await bob.page.transfer('receive', 'big.bin', 'done');
    Object.assign(asReceiver, { lost: received.lostBlocks, resent: two.resent() });

    two.sent.clear();
    await bob.offerReceived('big.bin', 'back.bin');
    await alice.receive('back.bin');
    const asSender = { left: await killBobAt(24), resent: 0 };
    await bob.page.transfer('send', 'back.bin', 'done');
    await alice.page.transfer('receive', 'back.bin', 'done');
    asSender.resent = two.resent();
    const ends = alice.page.ends.map(({ reason }) => reason);
    const received2 = [await bob.received(), await alice.received()];
    return { asReceiver, asSender, ends, digest: await two.digestOf(file), received: received2 };
  }, FILE_BYTES);
  console.log(JSON.stringify(killed));
  const { asReceiver, asSender, digest } = killed;
  expect(killed.received).toEqual([{ '/downloads/big.bin': digest }, { '/downloads/back.bin': digest }]);
  expect(killed.ends).toEqual(['lost', 'lost']);
  expect(asReceiver.lost).toBe(0);
  expect(asReceiver.resent).toBeLessThanOrEqual(RESENT_PER_KILL);
  expect(asSender.resent).toBeLessThanOrEqual(RESENT_PER_KILL);
});
