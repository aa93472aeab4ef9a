import { SCREEN } from '../support/lab/Display';
import { expectPatternFollowed } from '../support/lab/followsPattern';
import { expect, test } from '../support/lab/labTest';
import { isShowing, type Picture, pictureAt, TILE } from '../support/lab/MovingPattern';

test('the viewer sees what moves on the sharer’s screen, in both directions at once', async ({ lab }) => {
  const { alice, bob } = await lab.addSession();
  await alice.app.shareScreen();
  await expectPatternFollowed(alice, bob, 0);
  await bob.app.shareScreen();
  await expectPatternFollowed(bob, alice, 10);
  await expectPatternFollowed(alice, bob, 20);
});

test('a part of a real screen is shown to the pixel, also to who comes later', async ({ lab }) => {
  const { alice, bob } = await lab.addSession();
  const [picture, next] = [pictureAt(0), pictureAt(1)];
  await alice.show(picture);
  await alice.app.shareRegion(TILE.region);
  const isSeen = (expected: Picture) => () => isShowing(bob.app.remoteVideo, expected, TILE.shown);
  await expect.poll(isSeen(picture)).toBe(true);
  await alice.show(next);
  await expect.poll(isSeen(next)).toBe(true);
  const size = await bob.app.remoteVideo.evaluate((video: HTMLVideoElement) => [
    video.videoWidth,
    video.videoHeight,
  ]);
  expect(size).toEqual([400, 300]);
  await bob.page.reload();
  await bob.page.getByRole('button', { name: 'Return' }).click();
  await expect.poll(isSeen(next)).toBe(true);
});

test('a display that changes its size in mid-share is shown at its new size, to the pixel', async ({
  lab,
}) => {
  const { alice, bob } = await lab.addSession();
  await alice.app.shareScreen();
  await expectPatternFollowed(alice, bob, 0);
  const seenSize = () =>
    bob.app.remoteVideo.evaluate((video: HTMLVideoElement) => [video.videoWidth, video.videoHeight]);
  expect(await seenSize()).toEqual([SCREEN.width, SCREEN.height]);
  // An odd size, as windows have it: Chromium leaves out the last row, and scales nothing.
  await alice.display.resize({ width: SCREEN.width, height: 851 });
  await expect.poll(seenSize).toEqual([SCREEN.width, 850]);
  const picture = pictureAt(3);
  await alice.show(picture);
  await expect.poll(() => isShowing(bob.app.remoteVideo, picture)).toBe(true);
  await alice.display.resize(SCREEN);
  await expect.poll(seenSize).toEqual([SCREEN.width, SCREEN.height]);
  await expectPatternFollowed(alice, bob, 10);
});

test('stopping ends the share on both sides, and sharing again works', async ({ lab }) => {
  const { alice, bob } = await lab.addSession();
  await alice.app.shareScreen();
  await expectPatternFollowed(alice, bob, 0);
  await alice.app.stopSharing();
  await expect(bob.app.remoteVideo).toBeHidden();
  await alice.app.shareScreen();
  await expectPatternFollowed(alice, bob, 10);
});

test('a source that goes away ends the share on both sides', async ({ lab }) => {
  const { alice, bob } = await lab.addSession();
  await alice.app.shareScreen();
  await expectPatternFollowed(alice, bob, 0);
  await alice.pressBrowsersStopSharing();
  await expect(alice.app.sharingBar).toBeHidden();
  await expect(bob.app.remoteVideo).toBeHidden();
});

test('leaving the session ends the share', async ({ lab }) => {
  const { alice, bob } = await lab.addSession();
  await alice.app.shareScreen();
  await expectPatternFollowed(alice, bob, 0);
  await bob.app.leave();
  await expect(alice.app.sharingBar).toBeHidden();
  await expect(bob.app.remoteVideo).toBeHidden();
});

test('one can ask for the other’s screen, who may say "not now" or choose what to share', async ({ lab }) => {
  const { alice, bob } = await lab.addSession();
  await alice.app.trust.askToView();
  await bob.app.trust.declineView('Alice');
  await alice.app.trust.expectViewDeclined();
  // Alice's next question would have to wait for ten seconds.
  await bob.app.trust.askToView();
  await alice.app.trust.chooseForView('Bob');
  await expect(alice.app.sharingBar).toBeVisible();
  await expectPatternFollowed(alice, bob, 0);
  await expect(alice.app.trust.viewRequest('Bob')).toHaveCount(0);
});
