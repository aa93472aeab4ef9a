/** Links of the app's own that the system hands over: with a start, from a second one, and as on macOS. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { findElectron } from '../../scripts/electronRuntime.mjs';
import { en } from '../../src/renderer/i18n/en';
import { ko } from '../../src/renderer/i18n/ko';
import { appLinkOf, formatInviteLink } from '../../src/shared/identity/invite';
import { headlessEntry } from '../support/app/build';
import { root } from '../support/electron/AppProcess';
import { type DesktopApp, expect, test } from '../support/electron/electronTest';
import { openUrl } from '../support/electron/openUrl';
import { RelayProcess } from '../support/relay/RelayProcess';

const words = en.invites.opened;
const question = (page: Page) => page.getByRole('dialog', { name: words.title });
const press = (page: Page, name: string) =>
  page.getByRole('dialog').getByRole('button', { name, exact: true }).last().click();

/** An invite by way of a relay on this machine. */
function linkTo(port: number, secret = 7): string {
  const expiresMs = Date.now() + 3_600_000;
  const relayUrl = `http://127.0.0.1:${port}`;
  const inviter = new Uint8Array(16);
  return appLinkOf(
    formatInviteLink({ relayUrl, secret: new Uint8Array(16).fill(secret), inviter, expiresMs }),
  );
}

/** Something that counts who comes, in a relay's place. */
async function countingServer(): Promise<{ port: number; visits: () => number; server: Server }> {
  let count = 0;
  const server = createServer((socket) => {
    count += 1;
    socket.destroy();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { port: address.port, visits: () => count, server };
}

/** A start while the app runs, which ends by itself. */
async function startAgain(
  desk: Parameters<Parameters<typeof test>[2]>[0]['desk'],
  link: string,
  { profileDir }: DesktopApp,
): Promise<void> {
  const second = await desk.launch('Ben', { profileDir, args: [link], hasWindow: false });
  expect(await second.exitCode).toBe(0);
}

test('the link of a start is asked about, survives a reload, and leads nowhere before the yes', async ({
  desk,
}) => {
  const { port, visits, server } = await countingServer();
  const link = linkTo(port);
  const ben = await desk.launch('Ben', { args: [link] });
  await expect(question(ben.page)).toContainText(`127.0.0.1:${port}`);
  await expect(question(ben.page)).toContainText(ben.name);
  await ben.page.reload();
  await expect(question(ben.page)).toBeVisible();
  expect(visits()).toBe(0);
  await press(ben.page, words.join);
  await expect(question(ben.page)).toBeHidden();
  await expect.poll(visits).toBeGreaterThan(0);
  await expect(ben.page.getByText(en.errors['relay-unreachable'].title)).toBeVisible();
  // It is answered, for a page that comes later as well.
  await ben.page.reload();
  await ben.app.expectInUse();
  await expect(question(ben.page)).toBeHidden();
  expect(await ben.log()).not.toContain(link.slice(link.indexOf('#') + 1));
  server.close();
});

test('a second start hands its link to the app that runs, and the newest counts', async ({ desk }) => {
  const { port, visits, server } = await countingServer();
  const ben = await desk.launch('Ben');
  await ben.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize());
  await startAgain(desk, linkTo(1), ben);
  await expect(question(ben.page)).toContainText('127.0.0.1:1');
  const isMinimized = () =>
    ben.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isMinimized());
  expect(await isMinimized()).toBe(false);
  await startAgain(desk, linkTo(port), ben);
  await expect(question(ben.page)).toContainText(`127.0.0.1:${port}`);
  await expect(ben.page.getByRole('dialog')).toHaveCount(1);
  await press(ben.page, words.notNow);
  await expect(ben.page.getByRole('dialog')).toHaveCount(0);
  await ben.page.reload();
  await ben.app.expectInUse();
  await expect(ben.page.getByRole('dialog')).toHaveCount(0);
  expect(visits()).toBe(0);
  server.close();
});

/** A start in headless mode, with what it says. */
function startHeadless(profileDir: string, ...args: string[]): { child: ChildProcess; said: () => string } {
  const child = spawn(process.execPath, [headlessEntry, '--no-open', '--profile', profileDir, ...args], {
    env: { ...process.env, LC_ALL: 'en_US.UTF-8' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return { child, said: () => said };
}

test('a headless start hands its link to the app that runs, and shows its window', async ({ desk }) => {
  const ben = await desk.launch('Ben');
  await ben.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize());
  const { child, said } = startHeadless(ben.profileDir, linkTo(1));
  await once(child, 'exit');
  expect(child.exitCode).toBe(0);
  expect(said()).toContain('it asks there whether to join');
  await expect(question(ben.page)).toContainText('127.0.0.1:1');
  const isMinimized = () =>
    ben.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isMinimized());
  expect(await isMinimized()).toBe(false);
});

test('a start of the app hands its link to the headless one that has the profile', async ({ desk }) => {
  test.skip(findElectron() !== null, 'native dialogs are answered on the stand-in alone');
  const profileDir = join(desk.dir, 'profile');
  const { child, said } = startHeadless(profileDir, '--downloads', desk.dir);
  try {
    await expect.poll(said).toContain('Hither is ready');
    const env = { STAND_IN_ANSWER: '0' };
    const ben = await desk.launch('Ben', { profileDir, args: [linkTo(1)], env, hasWindow: false });
    ben.announce(/^dialog: /, /"msg":"(backend|start)"/);
    expect(await ben.exitCode).toBe(0);
    expect(ben.complaints.join('\n')).toContain('dialog: Hither is running already (process');
    const again = await desk.launch('Ben', { profileDir, args: ['hither:x'], hasWindow: false });
    again.announce(/^Hither: /, /"msg":"(backend|start)"/);
    expect(await again.exitCode).toBe(2);
    expect(again.complaints.join('\n')).toContain('no link of an invite');
  } finally {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
});

test('what is no invite is said to be none, however it comes, and the app goes on', async ({ desk }) => {
  const ben = await desk.launch('Ben', { args: ['hither:--headless'] });
  const card = ben.page.getByRole('dialog', { name: words.bad.title });
  await expect(card).toContainText(words.bad.help);
  await press(ben.page, en.app.close);
  await expect(card).toBeHidden();
  for (const text of [
    'hither://connect/192.0.2.7',
    `hither://x/#${'A'.repeat(200_000)}`,
    'hither:\u0000\u202e',
  ]) {
    expect(await openUrl(ben, text)).toBe(true);
    await expect(card).toBeVisible();
    await press(ben.page, en.app.close);
    await expect(card).toBeHidden();
  }
  await ben.app.expectInUse();
});

test('a link that macOS tells of brings back a window that is gone', async ({ desk }) => {
  const ben = await desk.launch('Ben');
  await ben.evaluate(({ BrowserWindow }) => {
    Object.defineProperty(process, 'platform', { value: 'darwin' });
    BrowserWindow.getAllWindows()[0]?.destroy();
  });
  await expect.poll(() => ben.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(0);
  expect(await openUrl(ben, linkTo(1))).toBe(true);
  await ben.openPage();
  await expect(question(ben.page)).toBeVisible();
});

test('a link that macOS starts the app with is asked about', async ({ desk }) => {
  test.skip(findElectron() !== null, 'only the stand-in can be told to do as macOS does');
  const ben = await desk.launch('Ben', { env: { STAND_IN_OPEN_URL: linkTo(1) } });
  await expect(question(ben.page)).toBeVisible();
});

test('the welcome comes first: it says which name others see', async ({ desk }) => {
  const ben = await desk.launch('Ben', { isVisible: null, args: [linkTo(1)] });
  const welcome = ben.page.getByRole('dialog');
  await expect(welcome.getByRole('textbox', { name: en.welcome.name })).toBeFocused();
  await expect(question(ben.page)).toHaveCount(0);
  await welcome.getByRole('textbox', { name: en.welcome.name }).fill('Benjamin');
  await press(ben.page, en.welcome.notNow);
  await expect(question(ben.page)).toContainText('Benjamin');
  await expect(question(ben.page)).toBeFocused();
});

test('a link leads the whole way, from the start of an app into a session', async ({ desk, farDesk }) => {
  const relay = await RelayProcess.start(join(root, 'out/relay/index.js'), []);
  try {
    const anna = await desk.launch('Anna', { isVisible: false });
    const appLink = await anna.page.evaluate(async (relayUrl) => {
      await window.hither!.request('settings:update', { relayUrl });
      const rights = { share: true, sendFiles: true, write: true, askToView: true };
      const made = await window.hither!.request('invites:createLink', {
        rights,
        isSingleUse: true,
        minutes: 10,
      });
      return (made as { value: { way: { appLink: string } } }).value.way.appLink;
    }, `http://127.0.0.1:${relay.port}`);
    const ben = await farDesk.launch('Ben', { isVisible: false, args: [appLink] });
    await expect(question(ben.page)).toContainText(`127.0.0.1:${relay.port}`);
    await expect(anna.page.getByTestId('open-invite')).toBeVisible();
    await press(ben.page, words.join);
    await ben.app.expectConnected();
    await anna.page.getByRole('alert').filter({ hasText: ben.name }).getByRole('button').first().click();
    await anna.app.expectConnected();
    await ben.page.getByPlaceholder(en.texts.placeholder).fill('안녕하세요');
    await ben.page.keyboard.press('Enter');
    await expect(anna.page.getByText('안녕하세요')).toBeVisible();
  } finally {
    await relay.end('SIGTERM');
  }
});

test.describe('to a person who reads Korean', () => {
  test.use({ locale: 'ko-KR' });

  test('it is Korean what a link is, and what it is not', async ({ desk }) => {
    const ben = await desk.launch('Ben', { args: [linkTo(1)] });
    await expect(ben.page.getByRole('dialog', { name: ko.invites.opened.title })).toContainText(
      '127.0.0.1:1',
    );
    await openUrl(ben, 'hither:');
    await expect(ben.page.getByRole('dialog', { name: ko.invites.opened.bad.title })).toBeVisible();
  });
});
