/** One capture for any number of sessions: two viewers of one sharer, on painted screens. */
import { en } from '../../src/renderer/i18n/en';
import { connect } from '../support/app/connect';
import type { Instance } from '../support/app/Instance';
import { expect, type LocalInstances, test } from '../support/app/localTest';
import {
  capturesOf,
  encodingsOf,
  estimateOf,
  negotiationsOf,
  paintedIn,
  paintScreens,
  resizeCapture,
} from '../support/app/paintedScreens';

/** Waits until a viewer sees one of the sharer's painted screens. */
async function expectSeen(viewer: Instance, painting: number): Promise<void> {
  await expect.poll(() => paintedIn(viewer.app.remoteVideo)).toBe(painting);
}

/** Alice, who shares one screen with Bob and with Carol. */
async function addWatched(local: LocalInstances) {
  const { alice, bob } = await local.addSession({ alice: { tamper: paintScreens } });
  const carol = await local.add('Carol', { tamper: paintScreens });
  await alice.app.shareScreen();
  await alice.app.goHome();
  await connect(alice, carol);
  await alice.app.shareHereToo();
  await expectSeen(bob, 1);
  await expectSeen(carol, 1);
  return { alice, bob, carol };
}

test('two sessions share one capture, which ending them does not end', async ({ local }) => {
  const { alice, bob, carol } = await addWatched(local);
  expect(await capturesOf(alice.page)).toEqual(['live']);
  const encoding = [12_000_000, 30, 'maintain-resolution'];
  const taken = await encodingsOf(alice.page);
  expect(taken.length).toBeGreaterThanOrEqual(2);
  for (const each of taken) expect(each).toEqual(encoding);
  await expect(alice.app.sharingBar).toContainText(bob.name);
  await expect(alice.app.sharingBar).toContainText(carol.name);

  await bob.app.leave();
  await expect(bob.app.remoteVideo).toBeHidden();
  await expect(alice.app.sharingBar).not.toContainText(bob.name);
  await expectSeen(carol, 1);

  await carol.app.leave();
  await expect(alice.app.unwatchedBar).toContainText('Nobody is watching Painting 1');
  await expect(alice.app.sharingBar).toBeHidden();
  expect(await capturesOf(alice.page)).toEqual(['live']);

  // The next session gets the same capture, without a question.
  await alice.app.goHome();
  await carol.app.goHome();
  await connect(carol, alice);
  await alice.app.shareHereToo();
  await expectSeen(carol, 1);
  await alice.app.stopSharing();
  await expect(carol.app.remoteVideo).toBeHidden();
  await expect(alice.app.unwatchedBar).toBeHidden();
  expect(await capturesOf(alice.page)).toEqual(['ended']);
});

test('another source takes the place of the one that is shared, with no negotiation', async ({ local }) => {
  const { alice, bob, carol } = await addWatched(local);
  const before = [await negotiationsOf(alice.page), await negotiationsOf(carol.page)];
  expect(before.every((count) => count > 0)).toBe(true);
  await alice.app.shareSomethingElse();
  await expectSeen(bob, 2);
  await expectSeen(carol, 2);
  await expect(alice.app.sharingBar).toContainText('Painting 2');
  expect([await negotiationsOf(alice.page), await negotiationsOf(carol.page)]).toEqual(before);
  expect(await capturesOf(alice.page)).toEqual(['ended', 'live']);
  // Taking it back from one of them leaves it to the other, and it can come again.
  await alice.app.stopSharingHere();
  await expect(carol.app.remoteVideo).toBeHidden();
  await expectSeen(bob, 2);
  await alice.app.shareHereToo();
  await expectSeen(carol, 2);
  // And it stops for everybody.
  await alice.app.stopSharingWithAll();
  for (const viewer of [bob, carol]) await expect(viewer.app.remoteVideo).toBeHidden();
  expect(await capturesOf(alice.page)).toEqual(['ended', 'ended']);
});

test('a second share begins without a negotiation, and its path is measured as before', async ({ local }) => {
  const { alice, bob } = await local.addSession({ alice: { tamper: paintScreens } });
  await alice.app.shareScreen();
  await expectSeen(bob, 1);
  await alice.app.stopSharing();
  await expect(bob.app.remoteVideo).toBeHidden();
  const before = await negotiationsOf(alice.page);
  await alice.app.shareScreen();
  await bob.app.remoteVideo.waitFor();
  // Of what was shown before nothing comes back.
  await expect.poll(() => paintedIn(bob.app.remoteVideo), { intervals: [20] }).not.toBeNull();
  expect(await paintedIn(bob.app.remoteVideo)).toBe(2);
  expect(await negotiationsOf(alice.page)).toBe(before);
  // Without feedback the estimate falls by a fifth each second, from the third on.
  const estimate = await estimateOf(alice.page);
  expect(estimate).toBeGreaterThan(0);
  await alice.page.waitForTimeout(5_000);
  expect(await estimateOf(alice.page)).toBeGreaterThan(0.8 * estimate);
});

test('a pause and a hidden window show at the viewer, and so do their ends; a tab that takes over ends the share', async ({
  local,
}) => {
  const { alice, bob } = await local.addSession({ alice: { tamper: paintScreens } });
  await alice.app.shareScreen();
  await expectSeen(bob, 1);
  const stage = bob.page.getByRole('region', { name: en.session.stage.label });
  await alice.app.pauseSharing();
  await expect(stage.getByText(`${alice.name} has paused sharing`)).toBeVisible();
  // The last picture stays; Chromium's black of a silenced track would be there within a second.
  await bob.page.waitForTimeout(1_000);
  expect(await paintedIn(bob.app.remoteVideo)).toBe(1);
  await expect(alice.app.sharingBar).toContainText(`Paused: ${bob.name}`);
  await alice.app.resumeSharing();
  await expectSeen(bob, 1);
  await expect(stage.getByText(`${alice.name} has paused sharing`)).toBeHidden();
  expect(await capturesOf(alice.page)).toEqual(['live']);
  // A window that is minimised is no pause, and both are told so.
  await resizeCapture(alice.page, 2);
  await expect(stage.getByText(`What ${alice.name} shares is minimised or hidden`)).toBeVisible();
  await expect(alice.app.sharingBar).toContainText(`Minimised or hidden: ${bob.name} can’t see`);
  await resizeCapture(alice.page, 400);
  await expectSeen(bob, 1);
  await expect(stage.getByText('minimised or hidden')).toBeHidden();
  await expect(alice.app.sharingBar).toContainText('You are sharing');
  // A page that another one has taken over from has no button to stop it.
  const second = await alice.openTab();
  await second.expectQuestion(en.app.occupied.sharing);
  expect(await capturesOf(alice.page)).toEqual(['live']);
  await second.useHere();
  await second.expectInUse();
  await alice.app.expectSuperseded();
  expect(await capturesOf(alice.page)).toEqual(['ended']);
});
