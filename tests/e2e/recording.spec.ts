/** Recordings with everybody's consent, played back by ffmpeg. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { en } from '../../src/renderer/i18n/en';
import type { Instance } from '../support/app/Instance';
import { expect, type LocalInstances, test } from '../support/app/localTest';
import { madeUpDevices, watchDevices, writeTone } from '../support/app/madeUpDevices';
import { paintScreens, resizeCapture } from '../support/app/paintedScreens';
import { setProcessing } from '../support/app/voiceDialog';
import { words } from '../support/app/words';
import { colourAt, probe, toneIn } from '../support/media/probe';

const TONE = 1_000;
/** The first painted screen, and what stands around a picture of another shape, each give or take what encoding does. */
const RED = [200, 30, 30];
const BLANK = [11, 13, 18];
/** What may be missing at the end of a file whose recorder was killed: a piece of a second, one on its way, and a slow machine. */
const LOST_SECONDS = 3;

async function addSpeakers(local: LocalInstances) {
  const tone = await writeTone(local.dir, TONE);
  const tamper = [watchDevices, paintScreens];
  return local.addSession({
    alice: { flags: madeUpDevices(), tamper },
    bob: { flags: madeUpDevices(tone), tamper },
  });
}

const bar = ({ page }: Instance) => page.getByRole('region', { name: en.recording.bar.region });
const button = ({ page }: Instance, name: string) => page.getByRole('button', { name, exact: true });
const prompt = ({ page }: Instance, name: string) =>
  page.getByRole('dialog').filter({ hasText: words(en.recording.prompt.title, { name }) });

async function ask(alice: Instance): Promise<void> {
  await button(alice, en.session.more).click();
  await alice.page.getByRole('menuitem', { name: en.recording.start }).click();
}

/** Asks, is allowed to, and waits until something is on the disk. */
async function record(alice: Instance, bob: Instance): Promise<void> {
  await ask(alice);
  await expect(bar(alice)).toContainText(words(en.recording.bar.asking, { names: bob.name }));
  await prompt(bob, alice.name).getByRole('button', { name: en.recording.prompt.allow }).click();
  await expect(bar(alice)).toContainText(words(en.recording.bar.own, { names: bob.name }));
  await expect(bar(bob)).toContainText(words(en.recording.bar.theirs, { name: alice.name }));
  await expect(alice.page.getByTestId('recording-size')).toBeVisible();
}

async function fileOf({ downloadsDir }: Instance): Promise<string> {
  const names = await readdir(downloadsDir);
  expect(names).toHaveLength(1);
  return join(downloadsDir, names[0] ?? '');
}

async function expectColour(path: string, seconds: number, part: 'middle' | 'corner', colour: number[]) {
  const seen = await colourAt(path, seconds, part);
  expect(
    seen.every((value, n) => Math.abs(value - (colour[n] ?? 0)) < 30),
    `${seconds} s: ${seen.join()}`,
  ).toBe(true);
}

test('what both see and hear is in the file, through changes of what is shown', async ({ local }) => {
  const { alice, bob } = await addSpeakers(local);
  const { page } = bob;
  const { echo, noise, gain } = en.voice.dialog;
  await setProcessing(bob, [echo, noise, gain]);
  await button(bob, en.voice.mic.turnOn).click();
  await bob.app.shareScreen();
  await expect(alice.page.getByTestId('remote-video')).toBeVisible();

  await record(alice, bob);
  const startedMs = Date.now();
  const seconds = () => (Date.now() - startedMs) / 1_000;
  await expect(alice.page).toHaveTitle(new RegExp(en.recording.title));
  await expect(bob.page).toHaveTitle(new RegExp(en.recording.title));
  // Times are those of the file, whose seconds are a person's.
  await alice.page.waitForTimeout(2_500);
  await resizeCapture(page, 500);
  await alice.page.waitForTimeout(3_000);
  // Another page lies over it, and it goes on all the same.
  const other = await alice.browser.newPage();
  await other.bringToFront();
  await alice.page.waitForTimeout(2_000);
  await button(bob, en.voice.mic.mute).first().click();
  await bob.app.stopSharingHere();
  await alice.page.waitForTimeout(3_000);
  const lengthSeconds = seconds();
  await alice.page.bringToFront();
  await bar(alice).getByRole('button', { name: en.recording.bar.stop }).click();
  await expect(alice.page.getByText(en.recording.ended.stopped)).toBeVisible();
  for (const each of [alice, bob]) await expect(bar(each)).toHaveCount(0);

  const path = await fileOf(alice);
  expect(path).toMatch(/Recording Bob \w+ \d{4}-\d\d-\d\d \d\d\.\d\d\.webm$/);
  const probed = await probe(path);
  expect(probed).toMatchObject({ codecs: ['opus', 'vp9'], width: 1280, height: 720, complaints: '' });
  expect(probed.longestGapSeconds).toBeLessThan(1.5);
  for (const end of [probed.lastPictureSeconds, probed.lastSoundSeconds, probed.durationSeconds ?? 0]) {
    expect(end).toBeGreaterThan(lengthSeconds - 0.5);
    expect(end).toBeLessThan(lengthSeconds + 5);
  }
  await expectColour(path, 1.5, 'middle', RED);
  await expectColour(path, 1.5, 'corner', RED);
  // A square in a wide picture has bars beside it.
  await expectColour(path, 5.5, 'middle', RED);
  await expectColour(path, 5.5, 'corner', BLANK);
  await expectColour(path, probed.lastPictureSeconds - 0.5, 'middle', BLANK);
  expect(await toneIn(path, 1, TONE)).toBeGreaterThan(0.1);
  expect(await toneIn(path, probed.lastSoundSeconds - 1.5, TONE)).toBeLessThan(0.01);
});

test('the file of a killed recorder plays up to its last seconds', async ({ local }) => {
  const { alice, bob } = await addSpeakers(local);
  await bob.app.shareScreen();
  await expect(alice.page.getByTestId('remote-video')).toBeVisible();
  await record(alice, bob);
  const startedMs = Date.now();
  await alice.page.waitForTimeout(6_000);
  const lengthSeconds = (Date.now() - startedMs) / 1_000;
  await alice.killBackend();
  const { complaints, lastPictureSeconds, lastSoundSeconds } = await probe(await fileOf(alice));
  // At the very end a picture may be cut.
  expect(complaints.split('\n').length).toBeLessThan(4);
  for (const end of [lastPictureSeconds, lastSoundSeconds])
    expect(end).toBeGreaterThan(lengthSeconds - LOST_SECONDS);
});

test(
  'a page that is closed leaves its file, and nobody is recorded any more',
  { tag: '@long' },
  async ({ local }) => {
    const { alice, bob } = await addSpeakers(local);
    await bob.app.shareScreen();
    await expect(alice.page.getByTestId('remote-video')).toBeVisible();
    await record(alice, bob);
    await alice.page.waitForTimeout(3_000);
    await alice.page.reload();
    await expect(bar(bob)).toHaveCount(0);
    await expect(alice.page.getByText(en.recording.ended.pageGone)).toBeVisible();
    const { lastPictureSeconds, complaints } = await probe(await fileOf(alice));
    expect(lastPictureSeconds).toBeGreaterThan(2);
    // That it ends early is all.
    expect(complaints.trim().split('\n').length).toBe(1);
  },
);

test(
  'nothing is recorded after a no, and nothing more once the yes is taken back',
  { tag: '@long' },
  async ({ local }) => {
    const { alice, bob } = await addSpeakers(local);
    const { page } = bob;
    await ask(alice);
    const question = prompt(bob, alice.name);
    await expect(question).toContainText(en.recording.prompt.whereHelp);
    await expect(question.getByTestId('countdown')).toBeVisible();
    await question.getByRole('button', { name: en.recording.prompt.decline }).click();
    await expect(alice.page.getByText(words(en.recording.ended.declined, { name: bob.name }))).toBeVisible();
    await expect(bar(alice)).toHaveCount(0);
    expect(await readdir(alice.downloadsDir)).toEqual([]);

    // By the keys, on both sides: the card is gone to with F6.
    await alice.page.keyboard.press('Control+Shift+E');
    await expect(prompt(bob, alice.name)).toBeVisible();
    // A card takes no answer before it can have been read.
    await expect(prompt(bob, alice.name).getByRole('group')).toHaveAttribute('aria-disabled', 'false');
    await page.keyboard.press('F6');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await expect(page.getByRole('button', { name: en.recording.prompt.allow })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(alice.page.getByTestId('recording-size')).toBeVisible();
    await expect(page.getByTestId('announcer')).toContainText(
      words(en.recording.announce.theirs, { name: alice.name }),
    );
    // Their page comes back, and says again that they are recorded.
    await page.reload();
    await expect(bar(bob)).toContainText(words(en.recording.bar.theirs, { name: alice.name }));
    await bob.app.goHome();
    await bar(bob).getByRole('button', { name: en.recording.bar.stop }).click();
    await expect(alice.page.getByText(words(en.recording.ended.withdrawn, { name: bob.name }))).toBeVisible();
    for (const each of [alice, bob]) await expect(bar(each)).toHaveCount(0);
    const path = await fileOf(alice);
    const { lastPictureSeconds } = await probe(path);
    await alice.page.waitForTimeout(1_500);
    expect((await probe(path)).lastPictureSeconds).toBe(lastPictureSeconds);
  },
);
