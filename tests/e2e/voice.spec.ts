/** Voice and camera between two apps, with Chromium's made-up devices: a known tone, and its moving test picture. */
import { en } from '../../src/renderer/i18n/en';
import type { Instance } from '../support/app/Instance';
import { expect, type LocalInstances, test } from '../support/app/localTest';
import {
  madeUpDevices,
  picturesOf,
  soundSent,
  toneOf,
  unplug,
  userTracksOf,
  watchDevices,
  writeTone,
} from '../support/app/madeUpDevices';
import { openDevices, setProcessing, toggleProcessing } from '../support/app/voiceDialog';
import { paintScreens } from '../support/app/paintedScreens';
import { words } from '../support/app/words';

const TONE = 1_000;
/** Packets of a voice in a second and a half, at 20 ms each. */
const SOME_PACKETS = 40;

async function addSpeakers(local: LocalInstances) {
  const tone = await writeTone(local.dir, TONE);
  const tamper = [watchDevices, paintScreens];
  return local.addSession({
    alice: { flags: madeUpDevices(tone), tamper },
    bob: { flags: madeUpDevices(), tamper },
  });
}

const button = ({ page }: Instance, name: string) => page.getByRole('button', { name, exact: true });
const voiceOf = ({ page }: Instance) => page.getByTestId('remote-voice');

async function expectTone(hearer: Instance): Promise<void> {
  await expect
    .poll(async () => {
      const { hertz, binHertz } = await toneOf(voiceOf(hearer));
      return Math.abs(hertz - TONE) <= binHertz;
    })
    .toBe(true);
}

/** Packets of sound that go out in a second and a half. */
async function packetsOf({ page }: Instance): Promise<number> {
  const before = await soundSent(page);
  await page.waitForTimeout(1_500);
  return (await soundSent(page)).packets - before.packets;
}

test('a voice is heard as it is, a mute sends nothing, and an unplugged microphone has a stand-in', async ({
  local,
}) => {
  const { alice, bob } = await addSpeakers(local);
  const { page } = alice;
  // Nothing is captured before a yes. A tone is what noise suppression takes out first.
  expect(await userTracksOf(page)).toEqual([]);
  const { echo, noise, gain, rnnoise } = en.voice.dialog;
  await openDevices(alice);
  for (const name of [echo, noise, gain]) await toggleProcessing(alice, name);
  await button(alice, en.voice.dialog.test).click();
  const meter = page.getByRole('meter', { name: en.voice.mic.level });
  await expect.poll(async () => Number(await meter.getAttribute('aria-valuenow'))).toBeGreaterThan(10);
  await page.keyboard.press('Escape');
  await expect.poll(() => userTracksOf(page)).toEqual(['audio ended']);
  expect(await userTracksOf(bob.page)).toEqual([]);

  await button(alice, en.voice.mic.turnOn).click();
  await expectTone(bob);
  expect(await packetsOf(alice)).toBeGreaterThan(SOME_PACKETS);
  const stage = bob.page.getByRole('region', { name: en.session.stage.label });
  await expect(stage.getByRole('img', { name: en.voice.state.speaking })).toBeVisible();
  // The voice goes one way, in every view.
  expect(await voiceOf(alice).count()).toBe(0);
  await bob.app.goHome();
  await expectTone(bob);

  await page.keyboard.press('m');
  await expect(button(alice, en.voice.mic.unmute).first()).toBeVisible();
  await expect.poll(() => packetsOf(alice)).toBe(0);
  await expect(page.getByTestId('voice-hint')).toContainText(en.voice.hint.muted);
  await page.keyboard.down(' ');
  await expectTone(bob);
  await page.keyboard.up(' ');
  await expect.poll(() => packetsOf(alice)).toBe(0);
  await page.keyboard.press('m');
  await expectTone(bob);

  // A tone is noise to RNNoise, too.
  await setProcessing(alice, [noise, rnnoise]);
  await expect.poll(async () => (await toneOf(voiceOf(bob))).hertz).toBe(0);
  await setProcessing(alice, [rnnoise, noise]);
  await expectTone(bob);

  await unplug(page);
  await expect(page.getByText(en.errors['microphone-replaced'].title)).toBeVisible();
  await expectTone(bob);
  await button(alice, en.voice.mic.more).click();
  await page.getByRole('menuitem', { name: en.voice.mic.turnOff }).click();
  await expect(voiceOf(bob)).toHaveCount(0);
  expect(new Set(await userTracksOf(page))).toEqual(new Set(['audio ended']));
});

test('a camera is seen in its tile and beside a screen, mirrored for its owner alone, and goes off', async ({
  local,
}) => {
  const { alice, bob } = await addSpeakers(local);
  const { page } = alice;
  await button(alice, en.voice.cam.turnOn).click();
  const theirs = bob.page.getByTestId('remote-camera');
  await expect.poll(() => picturesOf(theirs)).toBeGreaterThan(10);
  await expect(theirs).toHaveAccessibleName(words(en.voice.cam.theirs, { name: alice.name }));
  expect(await theirs.evaluate((video) => getComputedStyle(video).transform)).toBe('none');
  const own = page.getByTestId('own-camera');
  expect(await own.evaluate((video) => getComputedStyle(video).transform)).toBe('matrix(-1, 0, 0, 1, 0, 0)');
  expect(await own.evaluate((video: HTMLVideoElement) => [video.videoWidth, video.videoHeight])).toEqual([
    1280, 720,
  ]);

  await bob.app.shareScreen();
  const panel = page.getByRole('group', { name: en.voice.cam.tile });
  await expect(panel.getByTestId('own-camera')).toBeVisible();
  const place = async () => {
    const [box, room] = await Promise.all([panel.boundingBox(), page.locator('.stage').boundingBox()]);
    if (!box || !room) throw new Error('no panel on the stage');
    const [right, bottom] = [room.x + room.width, room.y + room.height];
    expect(box.x >= room.x && box.y >= room.y, 'inside the stage').toBe(true);
    expect(box.x + box.width <= right + 1 && box.y + box.height <= bottom + 1, 'inside the stage').toBe(true);
    return { x: box.x, y: box.y, room };
  };
  const first = await place();
  await panel.focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowUp');
  const second = await place();
  expect(second.x).toBeLessThan(first.x);
  expect(second.y).toBeLessThan(first.y);
  await page.mouse.move(second.x + 30, second.y + 30);
  await page.mouse.down();
  await page.mouse.move(0, first.room.y);
  await page.mouse.up();
  const third = await place();
  expect([third.x - third.room.x, third.y - third.room.y].map(Math.round)).toEqual([0, 0]);

  await button(alice, en.voice.cam.turnOff).click();
  await expect(theirs).toHaveCount(0);
  await expect(panel).toBeHidden();
  expect(await userTracksOf(page)).toEqual(['video ended']);
});
