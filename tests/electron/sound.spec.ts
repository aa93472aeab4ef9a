import type { Locator } from '@playwright/test';
import { findElectron } from '../../scripts/electronRuntime.mjs';
import { en } from '../../src/renderer/i18n/en';
import { connect } from '../support/app/connect';
import { toneOf } from '../support/app/madeUpDevices';
import { answerQuestions } from '../support/electron/answerQuestions';
import { type DesktopApp, expect, launchPair, test } from '../support/electron/electronTest';

/** What the computer plays on the stand-in. */
const TONE = 660;

const words = en.sound;
const soundOf = ({ page }: DesktopApp) => page.getByTestId('remote-sound');

async function openPicker({ page }: DesktopApp): Promise<Locator> {
  await page.getByRole('button', { name: en.share.start }).first().click();
  const picker = page.getByRole('dialog', { name: en.share.picker.title });
  await picker.getByRole('radio').first().click();
  return picker;
}

const soundSwitch = (picker: Locator) => picker.getByRole('switch', { name: words.share.computer });
const share = (picker: Locator) =>
  picker.getByRole('button', { name: en.share.picker.share, exact: true }).click();

test.skip(
  process.platform !== 'linux' || findElectron() !== null,
  'what the computer plays is a tone of the stand-in’s',
);

test('the sound of the computer goes with a screen once its person has turned it on, and is warned of before it echoes', async ({
  desk,
  farDesk,
}) => {
  const [alice, bob] = await launchPair(desk, farDesk);
  await connect(alice, bob);
  let picker = await openPicker(alice);
  await expect(soundSwitch(picker)).not.toBeChecked();
  await expect(picker.getByTestId('echo-note')).toBeHidden();
  await share(picker);
  await expect(bob.app.remoteVideo).toBeVisible();
  expect(await soundOf(bob).count()).toBe(0);
  await alice.app.stopSharing();

  // A voice that plays here is in the sound of this computer.
  await answerQuestions(bob, true);
  await bob.page.getByRole('button', { name: en.voice.mic.turnOn, exact: true }).click();
  picker = await openPicker(alice);
  await expect(picker.getByTestId('echo-note')).toContainText(words.echo.sure);
  await picker.locator('label', { hasText: words.share.computer }).click();
  await expect(soundSwitch(picker)).toBeChecked();
  await share(picker);
  await expect
    .poll(async () => {
      if ((await soundOf(bob).count()) === 0) return false;
      const { hertz, binHertz } = await toneOf(soundOf(bob));
      return Math.abs(hertz - TONE) <= binHertz;
    })
    .toBe(true);
  await expect(alice.page.getByTestId('own-sound')).toContainText(words.own.computer);

  const bar = alice.page.getByTestId('echo-bar');
  await expect(bar).toContainText(words.echo.sure);
  await bar.getByRole('button', { name: words.own.turnOff }).click();
  await expect(bar).toBeHidden();
  await expect(bob.page.getByTestId('their-sound')).toContainText(words.theirs.off);
  await alice.app.stopSharing();
  picker = await openPicker(alice);
  await expect(soundSwitch(picker)).toBeChecked();
});

test('a page that asks for sound gets none unless its person has turned that on', async ({ desk }) => {
  const alice = await desk.launch('Alice');
  await alice.app.expectInUse();
  await alice.page.getByRole('banner').click();
  const kinds = () =>
    alice.page.evaluate(async () => {
      const outcome = await window.hither!.request('capture:sources', {});
      const { value } = outcome as { value: { sources: { sourceId: string }[] } };
      const sourceId = value.sources[0]?.sourceId;
      await window.hither!.request('capture:choose', { sourceId });
      const stream = await navigator.mediaDevices.getDisplayMedia({ video: true, audio: true });
      for (const track of stream.getTracks()) track.stop();
      return stream.getTracks().map(({ kind }) => kind);
    });
  expect(await kinds()).toEqual(['video']);
  await alice.page.evaluate(() => window.hither!.request('settings:update', { screenSound: true }));
  expect((await kinds()).sort()).toEqual(['audio', 'video']);
});
