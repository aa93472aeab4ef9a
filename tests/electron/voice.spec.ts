import { en } from '../../src/renderer/i18n/en';
import { connect } from '../support/app/connect';
import { answerQuestions, askedQuestions } from '../support/electron/answerQuestions';
import { type DesktopApp, expect, launchPair, test } from '../support/electron/electronTest';
import { watchTray } from '../support/electron/watchTray';

const KEYS = 'Control+Shift+M';

const isHeld = (app: DesktopApp) =>
  app.evaluate(({ globalShortcut }, keys) => globalShortcut.isRegistered(keys), KEYS);

test('microphone and camera are asked for apart, and a live microphone shows in tray and title and has its key', async ({
  desk,
  farDesk,
}) => {
  const [alice, bob] = await launchPair(desk, farDesk);
  await connect(alice, bob);
  const { page } = alice;
  const tray = await watchTray(alice);
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  await page.evaluate((muteKey) => window.hither!.request('settings:update', { muteKey }), KEYS);

  await answerQuestions(alice, false);
  await button(en.voice.mic.turnOn).click();
  await expect(page.getByText(en.errors['microphone-denied'].title)).toBeVisible();
  expect(await askedQuestions(alice)).toEqual(['May Hither use the microphone?']);
  expect([await tray.menu(), await isHeld(alice)]).toEqual([null, false]);

  await answerQuestions(alice, true);
  await button(en.voice.mic.turnOn).click();
  await expect(button(en.voice.mic.mute)).toBeVisible();
  await button(en.voice.cam.turnOn).click();
  await expect(bob.page.getByTestId('remote-camera')).toBeVisible();
  expect(await askedQuestions(alice)).toEqual([
    'May Hither use the microphone?',
    'May Hither use the camera?',
  ]);
  await expect.poll(tray.menu).toEqual(['Open Hither', 'Mute Microphone', 'Quit Hither']);
  await expect(page).toHaveTitle(new RegExp(`^${en.voice.live.title} · `));
  await expect.poll(() => isHeld(alice)).toBe(true);

  await alice.evaluate(({ globalShortcut }, keys) => {
    (globalShortcut as unknown as { press: (keys: string) => void }).press(keys);
  }, KEYS);
  await expect(button(en.voice.mic.unmute).first()).toBeVisible();
  await expect.poll(tray.menu).toEqual(['Open Hither', 'Unmute Microphone', 'Quit Hither']);
  await tray.pick('Unmute Microphone');
  await expect(button(en.voice.mic.mute)).toBeVisible();

  await button(en.voice.mic.more).click();
  await page.getByRole('menuitem', { name: en.voice.mic.turnOff }).click();
  await expect.poll(() => isHeld(alice)).toBe(false);
  await expect.poll(tray.menu).toBeNull();
  await expect(page).not.toHaveTitle(new RegExp(en.voice.live.title));
});
