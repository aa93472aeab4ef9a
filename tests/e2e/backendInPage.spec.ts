// Two whole backends in a browser, where Node is not: one in a page, the other in a worker of that page.
import { expect } from '@playwright/test';
import { test } from '../support/browser/backendsTest';

/** Not a whole number of blocks. */
const FILE_BYTES = 50_000_000;
/** When a backend is killed: half the blocks have gone out. */
const KILL_AT = 24;
/** Blocks that may go twice for one kill: those of a lane, and those whose records were being written. */
const RESENT_PER_KILL = 8;

test('both people see the same code, and are in a session once both have said so', async ({ page }) => {
  const { codes, request, half, trusted } = await page.evaluate(async () => {
    const two = window.twoBackends;
    const { alice, bob } = two;
    const sessionId = await alice.dial({ kind: 'address', address: 'bob' });
    const asking = await alice.page.inPhase('asking');
    const asked = await bob.page.inPhase('asked');
    await bob.accept();
    const verifying = [await alice.page.inPhase('verifying'), await bob.page.inPhase('verifying')];
    await alice.verify();
    const half = await bob.page.until('word that Alice has verified', () =>
      bob.page.sessions.find(({ isPeerVerified }) => isPeerVerified),
    );
    await bob.verify();
    await two.connected();
    const states = [await alice.page.attach(), await bob.page.attach()];
    return {
      codes: [asking, asked, ...verifying].map(({ code }) => JSON.stringify(code)),
      request: { of: asked.peer.name, isAlices: asked.sessionId === sessionId },
      half: half.phase,
      trusted: states.map((state) => state.trusted.map(({ name }) => name)),
    };
  });
  expect(request).toEqual({ of: 'Alice', isAlices: true });
  expect(new Set(codes).size).toBe(1);
  expect(half).toBe('verifying');
  expect(trusted).toEqual([['Bob'], ['Alice']]);
});

test('both know each other after a restart on the same database, and need no code', async ({ page }) => {
  const { before, after, sessions } = await page.evaluate(async () => {
    const two = window.twoBackends;
    const { alice, bob } = two;
    await two.meet();
    const first = [await alice.page.attach(), await bob.page.attach()];
    await alice.page.close();
    bob.kill();
    const again = [await alice.start(), await bob.start()];
    await alice.dial({ kind: 'device', deviceId: again[1]!.device.deviceId });
    await bob.accept();
    await two.connected();
    const keysOf = (states: typeof first) =>
      states.map(({ identityKey, trusted }) => [identityKey, ...trusted.map((device) => device.identityKey)]);
    const sessions = [alice, bob].map((each) => each.page.sessions.map(({ trust }) => trust.state));
    return { before: keysOf(first), after: keysOf(again), sessions };
  });
  const [alices, bobs] = before;
  expect(alices).toHaveLength(2);
  expect(alices).toEqual(bobs?.toReversed());
  expect(after).toEqual(before);
  expect(sessions).toEqual([['trusted'], ['trusted']]);
});

test('50 MB go both ways at once and arrive as they were', async ({ page }) => {
  const { digests, received, lost } = await page.evaluate(async (sizeBytes) => {
    const two = window.twoBackends;
    const { alice, bob } = two;
    await two.meet();
    const [alices, bobs] = [two.randomFile(sizeBytes), two.randomFile(sizeBytes)];
    await alice.dropFile('alices.bin', alices);
    await bob.dropFile('bobs.bin', bobs);
    await Promise.all([alice.receive('bobs.bin'), bob.receive('alices.bin')]);
    const done = await Promise.all([
      alice.page.transfer('send', 'alices.bin', 'done'),
      bob.page.transfer('send', 'bobs.bin', 'done'),
      alice.page.transfer('receive', 'bobs.bin', 'done'),
      bob.page.transfer('receive', 'alices.bin', 'done'),
    ]);
    return {
      digests: [await two.digestOf(alices), await two.digestOf(bobs)],
      received: [await bob.received(), await alice.received()],
      lost: done.map(({ lostBlocks }) => lostBlocks),
    };
  }, FILE_BYTES);
  expect(received).toEqual([{ '/downloads/alices.bin': digests[0] }, { '/downloads/bobs.bin': digests[1] }]);
  expect(lost).toEqual([0, 0, 0, 0]);
});

test('a transfer goes on after its receiver was killed', async ({ page }) => {
  const { left, lost, resent, digest, received, ends } = await page.evaluate(
    async ([sizeBytes, killAt]) => {
      const two = window.twoBackends;
      const { alice, bob } = two;
      await two.meet();
      const file = two.randomFile(sizeBytes);
      await alice.dropFile('big.bin', file);
      const killed = two.killBobAt(killAt);
      await bob.receive('big.bin');
      const [left] = (await killed).transfers;
      await alice.page.transfer('send', 'big.bin', 'done');
      const { lostBlocks: lost } = await bob.page.transfer('receive', 'big.bin', 'done');
      const ends = alice.page.ends.map(({ reason }) => reason);
      const digest = await two.digestOf(file);
      return { left, lost, resent: two.resent, digest, received: await bob.received(), ends };
    },
    [FILE_BYTES, KILL_AT] as const,
  );
  expect(ends).toEqual(['lost']);
  expect(left?.phase).toBe('waiting');
  expect(left?.doneBytes).toBeGreaterThan((KILL_AT - RESENT_PER_KILL) * 2 ** 20);
  expect(lost).toBe(0);
  expect(resent).toBeLessThanOrEqual(RESENT_PER_KILL);
  expect(received).toEqual({ '/downloads/big.bin': digest });
});

test('a transfer goes on after its sender was killed', async ({ page }) => {
  const { left, resent, digest, received, ends } = await page.evaluate(
    async ([sizeBytes, killAt]) => {
      const two = window.twoBackends;
      const { alice, bob } = two;
      await two.meet();
      const file = two.randomFile(sizeBytes);
      await bob.offerStored('big.bin', file);
      const killed = two.killBobAt(killAt);
      await alice.receive('big.bin');
      const [left] = (await killed).transfers;
      await bob.page.transfer('send', 'big.bin', 'done');
      await alice.page.transfer('receive', 'big.bin', 'done');
      const ends = alice.page.ends.map(({ reason }) => reason);
      const digest = await two.digestOf(file);
      return { left, resent: two.resent, digest, received: await alice.received(), ends };
    },
    [FILE_BYTES, KILL_AT] as const,
  );
  expect(ends).toEqual(['lost']);
  expect(left).toMatchObject({ direction: 'send', phase: 'waiting' });
  expect(resent).toBeLessThanOrEqual(RESENT_PER_KILL);
  expect(received).toEqual({ '/downloads/big.bin': digest });
});
