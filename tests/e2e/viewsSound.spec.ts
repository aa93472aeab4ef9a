/** The sound of a screen on a made-up core: what is said of it and when, and what is held back until a click. */
import { expect, type Page } from '@playwright/test';
import { en } from '../../src/renderer/i18n/en';
import { open, test } from '../support/harness/sceneTest';

const words = en.sound;

/** Has the sound of the session's screen be so loud. */
const hear = (page: Page, peak: number) =>
  page.evaluate((loudest) => {
    const [session] = window.fakeCore.getSnapshot().sessions;
    if (session?.remoteSound)
      window.fakeCore.user.hear(session.remoteSound.stream, { rms: loudest / 2, peak: loudest });
  }, peak);

const pause = (page: Page, mute: 'none' | 'paused') =>
  page.evaluate((how) => {
    const sessions = window.fakeCore.getSnapshot().sessions.map((session) => ({
      ...session,
      remoteSound: session.remoteSound && { ...session.remoteSound, mute: how },
    }));
    window.fakeCore.set({ sessions });
  }, mute);

test('a screen’s sound that the browser holds back is turned on by a button', async ({ page }) => {
  await open(page, 'session-sound');
  // Nobody has clicked on the page yet: a script opened the session.
  const audio = page.getByTestId('remote-sound');
  const isPaused = () => audio.evaluate((element: HTMLAudioElement) => element.paused);
  const button = page.getByRole('button', { name: en.voice.blocked.play });
  await expect(button).toBeVisible();
  expect(await isPaused()).toBe(true);
  await button.click();
  await expect(button).toBeHidden();
  expect(await isPaused()).toBe(false);
});

test('a level moves without a word, and a sound that goes off and on is told', async ({ page }) => {
  await open(page, 'session-sound');
  const meter = page.getByTestId('their-sound');
  const announcer = page.getByTestId('announcer');
  const bar = meter.locator('.sound-meter-fill');
  const width = () => bar.evaluate((element) => element.getBoundingClientRect().width);
  const before = await announcer.textContent();
  await hear(page, 0.5);
  await expect.poll(width).toBeGreaterThan(20);
  await hear(page, 0.0001);
  await expect.poll(width).toBe(0);
  expect(await announcer.textContent()).toBe(before);
  // What moves is for the eye; what is read is a sentence that no live region repeats.
  await expect(bar.locator('..')).toHaveAttribute('aria-hidden', 'true');
  await expect(meter).toHaveText(words.theirs.playing);
  expect(
    await meter.evaluate((element) => element.closest('[aria-live], [role=status], [role=log]')),
  ).toBeNull();
  await pause(page, 'paused');
  await expect(announcer).toContainText('The sound of the screen of Mina’s MacBook Air is off');
  await pause(page, 'none');
  await expect(announcer).toContainText('The screen of Mina’s MacBook Air has sound');
});

test('a Mac that keeps the sound back is explained, with the place where to allow it', async ({ page }) => {
  await open(page, 'session-own-sound');
  await page.evaluate(() => window.fakeCore.fail({ code: 'sound-denied', facts: {} }));
  await expect(page.getByRole('alert')).toContainText(en.errors['sound-denied'].title);
  await expect(page.getByRole('alert')).toContainText('Screen & System Audio Recording');
});
