import { join } from 'node:path';
import { findElectron } from '../../scripts/electronRuntime.mjs';
import { en } from '../../src/renderer/i18n/en';
import { ko } from '../../src/renderer/i18n/ko';
import { words } from '../support/app/words';
import { writeRandomFile } from '../support/app/testFiles';
import { compareCodes, connect } from '../support/app/connect';
import { type DesktopApp, expect, launchPair, test } from '../support/electron/electronTest';
import { watchNotifications } from '../support/electron/watchNotifications';
import { watchTray } from '../support/electron/watchTray';

const closeWindow = (app: DesktopApp) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());

/** How the windows stand, one word each. */
const windows = (app: DesktopApp) =>
  app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => (window.isVisible() ? 'shown' : 'hidden')),
  );

const update = (app: DesktopApp, patch: object) =>
  app.page.evaluate((settings) => window.hither!.request('settings:update', settings), patch);

test.describe('the setting, which macOS does not have', () => {
  test.skip(process.platform === 'darwin', 'there the app goes on without its window by itself');

  test('by default there is no tray icon, and closing the window ends the app', async ({ desk }) => {
    const alice = await desk.launch('Alice');
    const tray = await watchTray(alice);
    await update(alice, { theme: 'light' });
    expect(await tray.menu()).toBeNull();
    await alice.evaluate(({ BrowserWindow }) => {
      // Closing at once would end the process before it has answered.
      setTimeout(() => BrowserWindow.getAllWindows()[0]?.close(), 50);
    });
    expect(await alice.exitCode).toBe(0);
  });

  test('a person turns it on in the settings: the tray has Hither then, in their language, until it is off again', async ({
    desk,
  }, testInfo) => {
    const alice = await desk.launch('Alice');
    const tray = await watchTray(alice);
    for (const [language, texts, menu] of [
      ['en', en, ['Open Hither', 'Quit Hither']],
      ['ko', ko, ['Hither 열기', 'Hither 종료']],
    ] as const) {
      await update(alice, { language });
      await alice.page.getByRole('button', { name: texts.app.settings, exact: true }).click();
      const dialog = alice.page.getByRole('dialog', { name: texts.settings.title });
      const box = dialog.getByRole('switch', { name: texts.settings.keepRunning });
      await box.click({ force: true });
      await expect.poll(tray.menu).toEqual(menu);
      await testInfo.attach(language, { body: await alice.page.screenshot(), contentType: 'image/png' });
      await box.click({ force: true });
      await expect.poll(tray.menu).toBeNull();
      await alice.page.keyboard.press('Escape');
    }
    await update(alice, { keepRunning: true });
    await expect.poll(tray.menu).toEqual(['Hither 열기', 'Hither 종료']);
    await update(alice, { language: 'en' });
    await expect.poll(tray.menu).toEqual(['Open Hither', 'Quit Hither']);
  });

  test('a closed window is hidden, and comes back by the tray, by a second start, and when the setting is turned off', async ({
    desk,
  }) => {
    const alice = await desk.launch('Alice');
    const tray = await watchTray(alice);
    await update(alice, { keepRunning: true });
    const { profileDir } = alice;
    const ways = [
      () => tray.click(),
      () => tray.pick('Open Hither'),
      async () => {
        const second = await desk.launch('Alice', { profileDir, hasWindow: false });
        expect(await second.exitCode).toBe(0);
      },
      () => update(alice, { keepRunning: false }),
    ];
    for (const comeBack of ways) {
      await closeWindow(alice);
      expect(await windows(alice)).toEqual(['hidden']);
      await comeBack();
      await expect.poll(() => windows(alice)).toEqual(['shown']);
    }
    await alice.app.expectInUse();
  });

  test('while it is hidden, a request is told of, a click answers it, and what goes on goes on unasked', async ({
    desk,
    farDesk,
  }) => {
    const file = await writeRandomFile(join(farDesk.dir, 'gift.bin'), 200_000_000);
    const [alice, bob] = await launchPair(desk, farDesk);
    const notes = await watchNotifications(alice);
    await update(alice, { keepRunning: true });
    await closeWindow(alice);
    await bob.app.connectTo(alice.name);
    const asked = `${words(en.session.announce.asked, { name: bob.name })}: ${en.transfers.notify.answerHelp}`;
    await expect.poll(notes.shown).toEqual([asked]);
    expect(await windows(alice)).toEqual(['hidden']);
    await notes.clickLast();
    await expect.poll(() => windows(alice)).toEqual(['shown']);
    await alice.app.acceptRequest(bob.name);
    await compareCodes(bob, alice);

    await closeWindow(alice);
    await bob.app.drop(file);
    await expect.poll(async () => (await notes.shown())[1]).toContain('gift.bin');
    await notes.clickLast();
    await alice.app.acceptOffer(bob.name);
    await closeWindow(alice);
    await bob.app.expectTransfer('send', 'gift.bin', 'done', 60_000);
    await expect.poll(async () => (await notes.shown())[2]).toContain('gift.bin');
    expect(await windows(alice)).toEqual(['hidden']);
    await bob.app.expectConnected();
  });

  test('“Quit” in the tray ends the app, and asks first while files are under way, which hiding does not', async ({
    desk,
    farDesk,
  }) => {
    const file = await writeRandomFile(join(desk.dir, 'long.bin'), 200_000_000);
    const [alice, bob] = await launchPair(desk, farDesk);
    const tray = await watchTray(alice);
    await connect(alice, bob);
    await update(alice, { keepRunning: true });
    await alice.evaluate(({ dialog }) => {
      const asked: string[] = [];
      Object.assign(globalThis, { asked, answer: 0 });
      dialog.showMessageBox = (...args: unknown[]) => {
        asked.push(
          `${(args.at(-1) as { message: string }).message} ${args.length === 1 ? 'alone' : 'in window'}`,
        );
        const { answer } = globalThis as unknown as { answer: number };
        return Promise.resolve({ response: answer, checkboxChecked: false });
      };
    });
    const asked = () => alice.evaluate(() => (globalThis as unknown as { asked: string[] }).asked);
    await alice.app.drop(file);
    await bob.app.acceptOffer(alice.name);
    await alice.app.expectTransfer('send', 'long.bin', 'active');
    await closeWindow(alice);
    expect(await windows(alice)).toEqual(['hidden']);
    expect(await asked()).toEqual([]);
    await tray.pick('Quit Hither');
    await expect.poll(asked).toEqual(['Files are still being transferred. alone']);
    await alice.app.expectTransfer('send', 'long.bin', 'active');
    await alice.evaluate(() => void Object.assign(globalThis, { answer: 1 }));
    await tray.pick('Quit Hither');
    expect(await alice.exitCode).toBe(0);
  });
});

test('on macOS closing hides the window by itself, out of full screen first, and its icon in the Dock brings it back', async ({
  desk,
}) => {
  test.skip(
    findElectron() !== null && process.platform !== 'darwin',
    'full screen takes macOS, or the stand-in that does as if',
  );
  const alice = await desk.launch('Alice');
  await alice.evaluate(({ BrowserWindow }) => {
    Object.defineProperty(process, 'platform', { value: 'darwin' });
    const [window] = BrowserWindow.getAllWindows();
    window?.once('enter-full-screen', () => window.close());
    window?.setFullScreen(true);
  });
  await expect.poll(() => windows(alice)).toEqual(['hidden']);
  const isFull = () =>
    alice.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isFullScreen());
  expect(await isFull()).toBe(false);
  await alice.evaluate(({ app }) => app.emit('activate'));
  await expect.poll(() => windows(alice)).toEqual(['shown']);
  await alice.app.expectInUse();
});
