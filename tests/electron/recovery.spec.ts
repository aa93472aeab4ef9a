import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { en } from '../../src/renderer/i18n/en';
import { HeadlessBackend } from '../support/app/HeadlessBackend';
import { connect, expect, launchPair, test } from '../support/electron/electronTest';

test('a reloaded page finds its session again', async ({ desk, farDesk }) => {
  const [alice, bob] = await launchPair(desk, farDesk);
  await connect(alice, bob);
  await alice.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.reload());
  await alice.app.openSession(bob.name);
  await alice.app.expectConnected(30_000);
  await bob.app.expectConnected(30_000);
});

test('a page whose process crashed comes back by itself, and its session with it', async ({
  desk,
  farDesk,
}) => {
  const [alice, bob] = await launchPair(desk, farDesk);
  await connect(alice, bob);
  alice.announce(/page-crash/, /the page crashed/);
  await alice.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
  });
  await expect.poll(() => alice.log()).toContain('page-crash');
  await alice.openPage();
  await alice.app.openSession(bob.name);
  await alice.app.expectConnected(30_000);
  await bob.app.expectConnected(30_000);
});

test('settings that can’t be read are kept aside; the app starts with fresh ones and says so', async ({
  desk,
}) => {
  const profileDir = join(desk.dir, 'profile');
  await mkdir(profileDir);
  await writeFile(join(profileDir, 'settings.json'), '{ "name": ');
  const alice = await desk.launch('Alice', { profileDir, args: ['--downloads', desk.dir] });
  await expect(alice.page.getByText(en.notices['settings-corrupt'].title)).toBeVisible();
  const aside = (await readdir(profileDir)).filter((name) => name.startsWith('settings.json.corrupt'));
  expect(aside).toHaveLength(1);
  expect(await readFile(join(profileDir, aside[0]!), 'utf8')).toBe('{ "name": ');
});

test('a profile that a headless Hither uses is left alone, with a word to the person', async ({ desk }) => {
  const profileDir = join(desk.dir, 'profile');
  const downloadsDir = join(desk.dir, 'downloads');
  await mkdir(profileDir);
  await mkdir(downloadsDir);
  const headless = await HeadlessBackend.start({ name: 'Headless', profileDir, downloadsDir });
  try {
    const app = await desk.launch('Alice', { profileDir, hasWindow: false });
    app.announce(/profile/);
    expect(await app.exitCode).toBe(2);
    expect(app.complaints.join('\n')).toContain('--profile');
  } finally {
    await headless.stop();
  }
});

test('a profile that can’t be written is said in one sentence', async ({ desk }) => {
  const profileDir = join(desk.dir, 'profile');
  // Whoever runs this may be allowed to write anywhere.
  await mkdir(join(profileDir, 'hither.log'), { recursive: true });
  const app = await desk.launch('Alice', { profileDir, hasWindow: false });
  app.announce(/profile/);
  expect(await app.exitCode).toBe(2);
  expect(app.complaints.join('\n')).toContain("can't be written (EISDIR)");
});

test('without any network the app starts and can be used', async ({ desk }) => {
  test.skip(process.platform !== 'linux' || process.getuid?.() !== 0, 'root on Linux takes the network away');
  const wrap = (program: string, ...args: string[]): [string, ...string[]] => [
    ...(['unshare', '--net', '--'] as const),
    program,
    ...args,
  ];
  // Nobody outside its namespace can reach the window, so the main process looks.
  const alice = await desk.launch('Alice', { wrap, hasWindow: false });
  const shown = () =>
    alice.evaluate(async ({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      return (await contents?.executeJavaScript('document.body?.innerText ?? ""')) as string | undefined;
    });
  await expect.poll(shown, { timeout: 40_000 }).toContain(alice.name);
});
