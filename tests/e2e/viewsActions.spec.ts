/** What the views do, by mouse and keyboard, on a made-up core; serves itself, as views.spec.ts does. */
import { expect } from '@playwright/test';
import { en } from '../../src/renderer/i18n/en';
import { ko } from '../../src/renderer/i18n/ko';
import { deviceId, id, session } from '../support/harness/samples';
import { open, test } from '../support/harness/sceneTest';

test('home is walked by keyboard: tabs, address, cards with their buttons, name, choice, own address', async ({
  page,
}) => {
  await open(page, 'home');
  const names: string[] = [];
  for (let step = 0; step < 40; step += 1) {
    await page.keyboard.press('Tab');
    const focused = page.locator('#root :focus');
    // Past the last one, the focus goes to the browser.
    if ((await focused.count()) === 0) break;
    names.push(
      await focused.evaluate((element) => element.getAttribute('aria-label') ?? element.textContent.trim()),
    );
    const outline = await focused.evaluate(
      (element) => getComputedStyle(element).outlineStyle !== 'none' || element.matches('input'),
    );
    expect(outline, `focus shows on ${names.at(-1) ?? ''}`).toBe(true);
  }
  const order = [
    'Home',
    'Transfers: 3 in progress, 4%',
    'Settings',
    'Link, code or address',
    'Invite people',
    'Return',
    'Send to 거실 데스크톱',
    'Connect to Mina’s MacBook Air',
    'Send to Mina’s MacBook Air',
  ];
  const places = order.map((name) => names.indexOf(name));
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(places[0]).toBeGreaterThanOrEqual(0);
  expect(names).toContain('Change the name');
  expect(names).toContain('Copy 192.168.0.12:47117');

  await page.getByRole('button', { name: 'Connect to Mina’s MacBook Air' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Calling Mina’s MacBook Air…' })).toBeVisible();
  expect(await page.evaluate(() => window.fakeCore.callsOf('connect'))).toEqual([
    [{ kind: 'device', deviceId: deviceId(2) }, 'Mina’s MacBook Air'],
  ]);
});

test('an address is checked before anything is dialed', async ({ page }) => {
  await open(page, 'home-empty');
  const field = page.getByLabel(en.home.address.label);
  await field.fill('ftp://192.168.0.12');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Leave out what ends in “://”')).toBeVisible();
  expect(await page.evaluate(() => window.fakeCore.callsOf('connect'))).toEqual([]);
  await field.fill('192.168.0.12:47117');
  await page.keyboard.press('Enter');
  expect(await page.evaluate(() => window.fakeCore.callsOf('connect'))).toHaveLength(1);
});

test('a request takes the focus but no button, so a key on its way decides nothing', async ({ page }) => {
  await open(page, 'home');
  await page.evaluate((asked) => window.fakeCore.set({ sessions: [asked] }), askedBy('Visitor'));
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('Visitor wants to connect')).toBeVisible();
  await expect.poll(() => dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Space');
  await expect(dialog).toBeVisible();
  expect(await page.evaluate(() => window.fakeCore.calls.map(({ name }) => name))).not.toContain('accept');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  expect(await page.evaluate(() => window.fakeCore.callsOf('decline'))).toEqual([]);
  // Put off, not gone: it waits in the list.
  await page
    .getByTestId('device-tile')
    .filter({ hasText: 'Visitor' })
    .getByRole('button', { name: en.app.accept })
    .click();
  expect(await page.evaluate(() => window.fakeCore.callsOf('accept'))).toEqual([id(107)]);
});

test('a request leaves somebody who types alone, is announced, and F6 goes to it', async ({ page }) => {
  await open(page, 'home');
  const field = page.getByLabel(en.home.address.label);
  await field.click();
  await page.keyboard.type('192.168');
  await page.evaluate((asked) => window.fakeCore.set({ sessions: [asked] }), askedBy('Visitor'));
  await expect(page.getByRole('dialog', { name: 'Visitor wants to connect' })).toBeVisible();
  await page.keyboard.type('.0.12');
  await expect(field).toHaveValue('192.168.0.12');
  await expect(page.getByTestId('announcer')).toHaveText('Visitor wants to connect');
  await page.keyboard.press('F6');
  const accept = page.getByRole('dialog').getByRole('button', { name: en.app.accept });
  for (
    let step = 0;
    step < 6 && !(await accept.evaluate((each) => each === document.activeElement));
    step += 1
  )
    await page.keyboard.press('Tab');
  // A new question takes no answer for a moment.
  await expect(accept).toBeEnabled();
  await page.keyboard.press('Enter');
  expect(await page.evaluate(() => window.fakeCore.callsOf('accept'))).toEqual([id(107)]);
});

test('requests and offers come one after the other, oldest first', async ({ page }) => {
  await open(page, 'request');
  await page.getByRole('dialog').getByRole('button', { name: en.app.decline }).click();
  await expect(page.getByRole('dialog').getByText('build-server wants to connect')).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: en.app.accept }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.getByRole('heading', { name: 'build-server' })).toBeVisible();
});

test('language and theme switch at once, and follow the system when told to', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await open(page, 'home');
  await page.keyboard.press('Control+,');
  await page.getByRole('combobox', { name: en.settings.language }).click();
  await page.getByRole('option', { name: '한국어' }).click();
  await expect(page.getByRole('dialog', { name: ko.settings.title })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'ko');
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'light');
  const themes = page.getByRole('radiogroup', { name: ko.settings.theme });
  await themes.getByText(ko.settings.themes.system, { exact: true }).click();
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'light');
});

test('the welcome takes a name and asks once', async ({ page }) => {
  await open(page, 'welcome');
  const name = page.getByLabel(en.welcome.name);
  await expect(name).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(name).toBeVisible();
  await name.fill('   ');
  await page.getByRole('dialog').getByRole('button', { name: en.welcome.turnOn }).click();
  await expect(page.getByText(en.settings.nameEmpty)).toBeVisible();
  await name.fill(' 민아의 노트북 ');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeHidden();
  expect(await page.evaluate(() => window.fakeCore.callsOf('settings:update'))).toEqual([
    { name: '민아의 노트북', nearby: true },
  ]);
});

test('names from elsewhere are text and nothing else', async ({ page }) => {
  await open(page, 'home');
  const name = '<img src=x onerror=alert(1)>{{name}}$t(app.name)\u0661';
  await page.evaluate((asked) => window.fakeCore.set({ sessions: [asked] }), askedBy(name));
  const title = page.getByRole('dialog').getByText(`${name} wants to connect`);
  await expect(title).toBeVisible();
  await expect(title.locator('bdi')).toHaveText(name);
  expect(await page.locator('img').count()).toBe(0);
});

test('the picker shares the source that was chosen by keyboard', async ({ page }) => {
  await open(page, 'session-empty');
  await page.getByRole('button', { name: en.share.start }).first().click();
  await page.getByRole('tab', { name: en.share.picker.windows }).click();
  await page.getByRole('radio').first().focus();
  await page.keyboard.press('Space');
  await page.getByRole('dialog').getByRole('button', { name: en.share.picker.share, exact: true }).click();
  expect(await page.evaluate(() => window.fakeCore.callsOf('shareScreen'))).toEqual([[id(102), 'window:1']]);
});

test('without a link no screen is shared or asked for, and a banner says what goes on', async ({ page }) => {
  await open(page, 'session-without-link');
  await expect(page.getByRole('status').filter({ hasText: 'no direct connection with' })).toBeVisible();
  for (const name of [en.share.start, en.share.view.ask]) {
    const button = page.getByRole('button', { name }).first();
    await expect(button).toHaveAttribute('aria-disabled', 'true');
    await button.click({ force: true });
  }
  await expect(page.getByRole('dialog')).toBeHidden();
  expect(await page.evaluate(() => window.fakeCore.callsOf('askToView'))).toEqual([]);
});

test('a share shows in every view and stops from there', async ({ page }) => {
  await open(page, 'session-sharing');
  await page.getByRole('button', { name: en.app.home, exact: true }).click();
  const bar = page.getByRole('region', { name: en.share.region });
  await expect(bar).toContainText('You are sharing DELL U2720Q with Mina’s MacBook Air');
  await bar.getByRole('button', { name: en.share.stop }).click();
  await expect(bar).toBeHidden();
});

test('what is shared is shared here too without a question, and the picker puts another source in its place', async ({
  page,
}) => {
  await open(page, 'session-sharing-elsewhere');
  await page.getByRole('button', { name: en.share.startHere }).first().click();
  expect(await page.evaluate(() => window.fakeCore.callsOf('shareScreen'))).toEqual([[id(102)]]);
  await page
    .getByRole('region', { name: en.share.region })
    .getByRole('button', { name: en.share.change })
    .click();
  const picker = page.getByRole('dialog', { name: en.share.picker.changeTitle });
  await picker.getByRole('radio', { name: /DELL/ }).click();
  await picker.getByRole('button', { name: en.share.picker.share, exact: true }).click();
  expect(await page.evaluate(() => window.fakeCore.callsOf('replaceScreen'))).toEqual([['screen:1']]);
  await expect(picker).toBeHidden();
});

test('a share is paused and goes on from the bar, by keyboard, and both are said', async ({ page }) => {
  await open(page, 'session-sharing-two');
  await page.getByRole('button', { name: en.app.home, exact: true }).click();
  const bar = page.getByRole('region', { name: en.share.region });
  await expect(bar).toContainText(/with \u2068Mina’s MacBook Air\u2069 and \u2068거실 데스크톱/);
  await bar.getByRole('button', { name: en.share.pause }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('announcer')).toHaveText(en.session.announce.iPaused);
  await expect(bar.getByRole('button', { name: en.share.resume })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('announcer')).toHaveText(en.session.announce.iResumed);
  await bar.getByRole('button', { name: en.share.stopForAll }).click();
  await expect(bar).toBeHidden();
});

test('a capture that nobody gets is said, and stops from home', async ({ page }) => {
  await open(page, 'unwatched');
  const bar = page.getByRole('region', { name: en.share.unwatchedRegion });
  await expect(bar).toContainText('Nobody is watching DELL U2720Q.');
  await bar.getByRole('button', { name: en.share.stopUnwatched }).click();
  await expect(bar).toBeHidden();
  await expect(page.getByTestId('announcer')).toHaveText(en.session.announce.captureEnded);
});

test('the stage draws to fit, at actual size and full screen, by its keys', async ({ page }) => {
  await open(page, 'session-watching');
  const video = page.getByTestId('remote-video');
  await expect.poll(() => video.evaluate((element: HTMLVideoElement) => element.videoWidth)).toBe(1920);
  expect((await video.boundingBox())?.width).toBeLessThanOrEqual(1280);
  await page.getByRole('group', { name: 'Screen of Mina’s MacBook Air' }).focus();
  await page.keyboard.press('z');
  await expect.poll(async () => (await video.boundingBox())?.width).toBe(1920);
  await page.keyboard.press('f');
  await expect.poll(() => page.evaluate(() => document.fullscreenElement?.localName)).toBe('html');
  await expect(page.locator('.app-bar')).toBeHidden();
  await page.getByRole('button', { name: en.session.stage.exitFullscreen }).click();
  await expect.poll(() => page.evaluate(() => document.fullscreenElement)).toBeNull();
});

test('an ended session says why, and is tried again', async ({ page }) => {
  await open(page, 'session-ended');
  await expect(page.getByRole('heading', { name: 'Nothing answered at Mina’s MacBook Air' })).toBeVisible();
  await page.getByRole('button', { name: en.app.tryAgain }).click();
  await expect(page.getByRole('heading', { name: 'Calling Mina’s MacBook Air…' })).toBeVisible();
});

test('a failed request is told in words, with what to do', async ({ page }) => {
  await open(page, 'home');
  await page.evaluate(() => window.fakeCore.failing.set('nearby:refresh', 'timed-out'));
  await page.getByRole('button', { name: en.home.nearby.refresh }).click();
  const toast = page.getByRole('alert').filter({ hasText: en.errors['timed-out'].title });
  await expect(toast).toContainText(en.errors['timed-out'].help);
});

function askedBy(name: string) {
  return session(7, name, { state: { phase: 'asked' }, direction: 'incoming' });
}

test('settings: going on without the window is offered only where the backend can', async ({ page }) => {
  await open(page, 'home-empty');
  await page.keyboard.press('Control+,');
  const dialog = page.getByRole('dialog');
  const box = dialog.getByRole('switch', { name: en.settings.keepRunning });
  await expect(dialog.getByRole('switch', { name: en.settings.visibility })).toBeAttached();
  await expect(box).toHaveCount(0);
  await page.evaluate(() => {
    const { app } = window.fakeCore.getSnapshot();
    if (app)
      window.fakeCore.set({ app: { ...app, capabilities: { ...app.capabilities, canKeepRunning: true } } });
  });
  await expect(box).not.toBeChecked();
  await box.click({ force: true });
  expect(await page.evaluate(() => window.fakeCore.callsOf('settings:update'))).toEqual([
    { keepRunning: true },
  ]);
});

test('what waits for an answer is told of by a shell that notifies, whether or not the page thinks it is seen', async ({
  page,
}) => {
  await open(page, 'home-empty');
  await page.evaluate(() => {
    document.hasFocus = () => true;
    const { app } = window.fakeCore.getSnapshot();
    if (app) window.fakeCore.set({ app: { ...app, capabilities: { ...app.capabilities, canNotify: true } } });
  });
  const asks = session(2, 'Mina’s MacBook Air', { state: { phase: 'asked' }, direction: 'incoming' });
  await page.evaluate((sessions) => window.fakeCore.set({ sessions }), [asks]);
  const views = session(2, 'Mina’s MacBook Air', { isViewRequested: true });
  await page.evaluate((sessions) => window.fakeCore.set({ sessions }), [views]);
  expect(await page.evaluate(() => window.fakeCore.callsOf('shell:notify'))).toEqual([
    { title: 'Mina’s MacBook Air wants to connect', body: en.transfers.notify.answerHelp },
    { title: 'Mina’s MacBook Air asks to see your screen', body: en.transfers.notify.answerHelp },
  ]);
});
