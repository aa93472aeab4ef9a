/** Everything that Hither is for, from Home and back, on two apps and with two keyboards: after every step the focus is where one goes on. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { en } from '../../src/renderer/i18n/en';
import { Keyboard } from '../support/app/Keyboard';
import { expect, type LocalInstances, test } from '../support/app/localTest';
import type { Instance } from '../support/app/Instance';
import { paintedIn, paintScreens } from '../support/app/paintedScreens';
import { words } from '../support/app/words';

/** How long what two apps do together may take, in ms. */
const TOGETHER_MS = 15_000;

/** Somebody with a keyboard and an app of their own. */
interface Typist {
  is: Instance;
  keys: Keyboard;
}

/** Starts two apps, takes them through the welcome, and waits until they see each other. */
async function meet(local: LocalInstances): Promise<[Typist, Typist]> {
  const [alice, bob] = await Promise.all([
    local.add('Alice', { isVisible: false, tamper: paintScreens }),
    local.add('Bob', { isVisible: false }),
  ]);
  for (const { page } of [alice, bob]) {
    const keys = new Keyboard(page);
    await keys.expectAt('textbox', en.welcome.name);
    await keys.hit('Enter');
    await keys.expectAt('heading', en.app.home);
  }
  return [
    { is: alice, keys: new Keyboard(alice.page) },
    { is: bob, keys: new Keyboard(bob.page) },
  ];
}

/** Picks the device, connects, accepts there, and compares the code on both. */
async function connect(alice: Typist, bob: Typist): Promise<void> {
  const card = words(en.home.nearby.connect, { name: bob.is.name });
  await expect(alice.is.page.getByRole('button', { name: card })).toBeVisible({ timeout: TOGETHER_MS });
  await alice.keys.press(card);
  await alice.keys.expectAt('heading', words(en.session.waiting.asking.title, { name: bob.is.name }));

  await bob.keys.expectAt('dialog', words(en.home.request.title, { name: alice.is.name }), TOGETHER_MS);
  await bob.keys.press(en.app.accept);
  for (const [here, there] of [
    [alice, bob],
    [bob, alice],
  ] as const)
    await here.keys.expectAt('region', words(en.verify.title, { name: there.is.name }), TOGETHER_MS);
  expect(await alice.is.app.trust.code()).toEqual(await bob.is.app.trust.code());
  await alice.keys.press(en.verify.match);
  await alice.keys.expectAt('region', words(en.verify.waiting.title, { name: bob.is.name }));
  await bob.keys.press(en.verify.match);
  await alice.keys.expectAt('heading', bob.is.name, TOGETHER_MS);
  await bob.keys.expectAt('heading', alice.is.name, TOGETHER_MS);
  for (const { is } of [alice, bob]) await is.app.expectConnected();
}

/** Writes a text; the line keeps the focus for the next one. */
async function write(from: Typist, to: Typist, text: string): Promise<void> {
  const line = words(en.texts.label, { name: to.is.name });
  await from.keys.walkTo('textbox', line);
  await from.keys.type(text);
  await from.keys.hit('Enter');
  await from.keys.expectAt('textbox', line);
  await expect(to.is.page.getByTestId('text').filter({ hasText: text })).toBeVisible();
}

/** Picks a file in the dock's menu. */
async function sendFile(from: Typist, path: string): Promise<void> {
  const chooser = from.is.page.waitForEvent('filechooser');
  await from.keys.choose(en.session.send, en.session.sendFiles);
  await (await chooser).setFiles(path);
  await from.keys.expectAt('button', en.session.send);
}

/** Looks at the screen in every size that there is. */
async function look(viewer: Typist, sharer: Typist): Promise<void> {
  const { is, keys } = viewer;
  const video = is.app.remoteVideo;
  const screen = words(en.session.stage.remote, { name: sharer.is.name });
  const isFull = () => is.page.evaluate(() => document.fullscreenElement !== null);
  const width = async () => Math.round((await video.boundingBox())?.width ?? 0);

  await keys.walkTo('group', screen);
  await keys.hit('z');
  await expect.poll(width).toBe(640);
  await keys.expectAt('group', screen);
  await keys.choose(/, change the size$/, '200%');
  await expect.poll(width).toBe(1280);
  await keys.expectAt('button', words(en.session.stage.zoom, { percent: '200%' }));

  await keys.press(en.session.stage.fullscreen);
  await expect.poll(isFull).toBe(true);
  await keys.expectAt('button', en.session.stage.exitFullscreen);
  await keys.hit('Enter');
  await expect.poll(isFull).toBe(false);
  await keys.expectAt('button', en.session.stage.fullscreen);
  await keys.walkTo('group', screen, 'Shift+Tab');
  await keys.hit('f');
  await expect.poll(isFull).toBe(true);
  await keys.expectAt('group', screen);
  await keys.hit('f');
  await expect.poll(isFull).toBe(false);
  await keys.expectAt('group', screen);
}

/** Closes the drawer by its button and from inside, and opens it again. */
async function useDrawer({ is, keys }: Typist): Promise<void> {
  const chat = is.page.getByRole('tab', { name: en.session.drawer.chat });
  await keys.press(en.session.drawer.chat);
  await expect(chat).toBeHidden();
  await keys.expectAt('button', en.session.drawer.chat);
  await keys.hit('Enter');
  await expect(chat).toBeVisible();
  await keys.walkTo('tab', en.session.drawer.chat, 'Shift+Tab');
  await keys.hit('ArrowRight');
  await keys.expectAt('tab', en.session.drawer.files);
  await keys.hit('Escape');
  await expect(chat).toBeHidden();
  await keys.expectAt('button', en.session.drawer.chat);
  await keys.hit('Enter');
  await keys.press(en.app.close, 'Shift+Tab');
  await expect(chat).toBeHidden();
  await keys.expectAt('button', en.session.drawer.chat);
  await keys.hit('Enter');
  await expect(chat).toBeVisible();
}

/** A question comes while somebody writes: not one letter goes astray, and F6 goes to it and back. */
async function answerWhileWriting(writer: Typist, asker: Typist): Promise<void> {
  const { keys, is } = writer;
  const line = words(en.texts.label, { name: asker.is.name });
  await keys.walkTo('textbox', line, 'Shift+Tab');
  await keys.type('half a ');
  await asker.keys.press(en.share.view.ask);
  const question = words(en.share.view.title, { name: asker.is.name });
  await expect(is.page.getByRole('dialog', { name: question })).toBeVisible();
  await keys.type('sentence');
  await keys.expectAt('textbox', line);
  await expect(keys.focused).toHaveValue('half a sentence');
  await keys.hit('F6');
  await keys.expectAt('dialog', question);
  await keys.press(en.share.view.notNow);
  await keys.expectAt('textbox', line);
  await expect(keys.focused).toHaveValue('half a sentence');
  await asker.keys.expectAt('button', en.share.view.declined);
}

/** Opens the settings by their keys and by their button, and comes back to where that was. */
async function visitSettings({ is, keys }: Typist, from: string): Promise<void> {
  const dialog = is.page.getByRole('dialog', { name: en.settings.title });
  const isInside = () => dialog.evaluate((element) => element.contains(document.activeElement));
  await keys.hit('Control+,');
  await expect(dialog).toBeVisible();
  await expect.poll(isInside).toBe(true);
  await keys.walkTo('tab', en.settings.tabs.general);
  await keys.hit('ArrowLeft');
  await keys.expectAt('tab', en.settings.tabs.beyond);
  await keys.hit('Escape');
  await expect(dialog).toBeHidden();
  await keys.expectAt('textbox', from);
  await keys.press(en.app.settings, 'Shift+Tab');
  await expect.poll(isInside).toBe(true);
  await keys.hit('Escape');
  await expect(dialog).toBeHidden();
  await keys.expectAt('button', en.app.settings);
}

test('two people with keyboards alone: connect, write, send, share, look, answer, leave', async ({
  local,
}) => {
  const [alice, bob] = await meet(local);
  for (const { is } of [alice, bob]) await is.page.setViewportSize({ width: 1200, height: 800 });
  await connect(alice, bob);
  await write(alice, bob, 'hello, Bob');

  const path = join(local.dir, 'report.txt');
  await writeFile(path, 'all of it');
  await sendFile(alice, path);
  await bob.keys.expectAt('dialog', words(en.transfers.offer.title, { name: alice.is.name }));
  await bob.keys.press(/^Accept/);
  await bob.keys.expectAt('heading', alice.is.name);
  await expect(bob.is.page.getByTestId('transfer')).toHaveAttribute('data-phase', 'done');

  await alice.keys.press(en.share.start, 'Shift+Tab');
  await alice.keys.expectAt('button', en.share.stop);
  await expect.poll(() => paintedIn(bob.is.app.remoteVideo)).toBe(1);
  await bob.keys.expectAt('heading', alice.is.name);
  await look(bob, alice);
  await useDrawer(bob);
  await answerWhileWriting(bob, alice);
  await visitSettings(bob, words(en.texts.label, { name: alice.is.name }));

  await bob.keys.press(en.session.leave);
  for (const { keys } of [bob, alice]) await keys.expectAt('heading', en.app.home);
  await expect(alice.is.page.getByRole('alert').filter({ hasText: `${bob.is.name} left` })).toBeVisible();
});
