/** The sound of a shared tab, two known tones, as it is heard on the other side. The browser's own capture of a tab gives it. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { en } from '../../src/renderer/i18n/en';
import type { Instance } from '../support/app/Instance';
import { expect, type LocalInstances, test } from '../support/app/localTest';
import { soundSent, watchDevices } from '../support/app/madeUpDevices';
import {
  channelsOf,
  openSoundingTab,
  setSounding,
  soundingTabFlags,
  TAB_TONES,
} from '../support/app/soundingTab';

const words = en.sound;
/** Half a bin of the analysis is 3 Hz. */
const NEAR_HERTZ = 4;
/** Packets of a sound in a second and a half, at 20 ms each. */
const SOME_PACKETS = 40;

const soundOf = ({ page }: Instance) => page.getByTestId('remote-sound');
const ownMeter = ({ page }: Instance) => page.getByTestId('own-sound');
const theirMeter = ({ page }: Instance) => page.getByTestId('their-sound');

/** Alice, who can share a tab that sounds, with Bob. */
async function addSounding(local: LocalInstances) {
  const { alice, bob } = await local.addSession({
    alice: { flags: soundingTabFlags, isAudible: true, tamper: [watchDevices] },
  });
  return { alice, bob, tab: await openSoundingTab(alice.page) };
}

async function chooseSound({ page }: Instance): Promise<void> {
  await page.getByRole('button', { name: en.share.moreWays }).click();
  await page.getByRole('menuitemcheckbox', { name: words.share.browser }).click();
  await expect(page.getByRole('menuitemcheckbox', { checked: true })).toBeVisible();
  await page.keyboard.press('Escape');
}

async function expectTones(hearer: Instance): Promise<void> {
  await expect
    .poll(async () => {
      if ((await soundOf(hearer).count()) === 0) return 'no sound';
      const { left, right } = await channelsOf(soundOf(hearer));
      const isNear = (heard: number, played: number) => Math.abs(heard - played) <= NEAR_HERTZ;
      return isNear(left, TAB_TONES.left) && isNear(right, TAB_TONES.right) ? 'both' : { left, right };
    })
    .toBe('both');
}

/** Packets of sound that go out in a second and a half. */
async function packetsOf({ page }: Instance): Promise<number> {
  const before = await soundSent(page);
  await page.waitForTimeout(1_500);
  return (await soundSent(page)).packets - before.packets;
}

test('the sound of a tab is heard in stereo, beside its picture, for as long as it is shared', async ({
  local,
}) => {
  const { alice, bob } = await addSounding(local);
  // Without the person's switch there is none.
  await alice.app.shareScreen();
  await expect(bob.app.remoteVideo).toBeVisible();
  expect([await soundOf(bob).count(), await ownMeter(alice).count()]).toEqual([0, 0]);
  await alice.app.stopSharing();

  await chooseSound(alice);
  await alice.app.shareScreen();
  await expectTones(bob);
  await expect(ownMeter(alice)).toContainText(words.own.playing);
  await expect(theirMeter(bob)).toContainText(words.theirs.playing);
  expect(await packetsOf(alice)).toBeGreaterThan(SOME_PACKETS);
  await bob.app.goHome();
  await expectTones(bob);
  const kept = JSON.parse(await readFile(join(alice.profileDir, 'settings.json'), 'utf8')) as object;
  expect(kept).toMatchObject({ screenSound: true });

  await alice.app.stopSharing();
  await expect(soundOf(bob)).toHaveCount(0);
  expect(await packetsOf(alice)).toBe(0);
});

test(
  'a sound that is off sends nothing, a pause of the screen is one of its sound, and silence shows on both sides',
  { tag: '@long' },
  async ({ local }) => {
    const { alice, bob, tab } = await addSounding(local);
    await chooseSound(alice);
    await alice.app.shareScreen();
    await expectTones(bob);

    await alice.app.onShare(words.own.turnOff);
    await expect(theirMeter(bob)).toContainText(words.theirs.off);
    await expect(ownMeter(alice)).toContainText(words.own.off);
    expect(await packetsOf(alice)).toBe(0);
    await alice.app.onShare(words.own.turnOn);
    await expectTones(bob);

    await alice.app.pauseSharing();
    await expect(theirMeter(bob)).toContainText(words.theirs.off);
    expect(await packetsOf(alice)).toBe(0);
    await alice.app.resumeSharing();
    await expectTones(bob);

    await bob.page.getByRole('button', { name: words.theirs.mute }).click();
    const volume = () => soundOf(bob).evaluate((audio: HTMLAudioElement) => audio.volume);
    await expect.poll(volume).toBe(0);
    await bob.page.getByRole('slider', { name: words.theirs.volume }).press('ArrowRight');
    await expect.poll(volume).toBeCloseTo(0.05);

    await setSounding(tab, false);
    await expect(ownMeter(alice)).toContainText(words.own.silent, { timeout: 10_000 });
    await expect(theirMeter(bob)).toContainText(words.theirs.silent, { timeout: 10_000 });
    await setSounding(tab, true);
    await expect(ownMeter(alice)).toContainText(words.own.playing);
    await expect(theirMeter(bob)).toContainText(words.theirs.playing);
  },
);
