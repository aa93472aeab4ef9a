/*
 * `npm run screenshots`: takes the pictures of the README from the real app: headless-mode instances, one sharing its
 * screen with another, and the desktop app's picker (on the stand-in where there is no Electron). Needs Linux and root, for a network
 * of its own, Chromium, Xvfb and the fonts that `npm test` installs.
 */
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, expect, type Page } from '@playwright/test';
import { en } from '../../src/renderer/i18n/en';
import { ko } from '../../src/renderer/i18n/ko';
import { compareCodes, connect } from './app/connect';
import { Instance } from './app/Instance';
import { startBrowser } from './app/openBrowser';
import { writeRandomFile } from './app/testFiles';
import { shootPicker } from './electron/shootPicker';
import { Display } from './lab/Display';

const IMAGES = join(import.meta.dirname, '../../docs/images');
const thisMachine = {
  wrap: (program: string, ...args: string[]): [string, ...string[]] => [program, ...args],
};

/** What the sharer has on the screen: something worth reading. */
const DOCUMENT = `<!doctype html><meta charset="utf-8"><title>Release plan</title><style>
  body { font: 22px/1.6 system-ui, 'Noto Sans CJK KR'; margin: 48px 72px; color: #1b1f2a; background: #fbfaf7 }
  h1 { font-size: 44px; margin: 0 0 8px } p { margin: 0 0 28px; color: #5b6170 }
  table { border-collapse: collapse; width: 100% } td, th { text-align: left; padding: 12px 8px; border-bottom: 1px solid #ddd }
  i { display: block; height: 14px; border-radius: 7px; background: #3b5bdb }
</style><h1>Release plan · 출시 계획</h1><p>Week 47, shared with everyone on the team</p><table>
<tr><th>Part<th>Who<th style="width:45%">Done</tr>
<tr><td>Discovery 기기 찾기<td>Minji<td><i style="width:96%"></i></tr>
<tr><td>Screen sharing 화면 공유<td>Alex<td><i style="width:82%"></i></tr>
<tr><td>File transfer 파일 전송<td>Jiho<td><i style="width:71%"></i></tr>
<tr><td>Translations 번역<td>Sora<td><i style="width:58%"></i></tr></table>`;

const NOTES = `<!doctype html><meta charset="utf-8"><title>Notes</title><style>
  body { font: 20px/1.7 system-ui, 'Noto Sans CJK KR'; margin: 40px 56px; color: #23303a; background: #e7f3ec }
</style><h1>Notes · 메모</h1><ul><li>Ask Sora about the Korean texts<li>내일 회의는 3시에<li>Try it on the train</ul>`;

async function setLanguage(page: Page, from: typeof en | typeof ko, label: string): Promise<void> {
  await page.getByRole('button', { name: from.app.settings, exact: true }).click();
  await page.getByRole('combobox', { name: from.settings.language }).click();
  await page.getByRole('option', { name: label }).click();
  await closeDialog(page, from === en ? ko : en);
}

/** By the mouse: after a key the focus would be drawn in the picture. */
async function closeDialog(page: Page, words: typeof en | typeof ko): Promise<void> {
  await page.getByRole('dialog').getByRole('button', { name: words.app.close, exact: true }).first().click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
}

/** Waits until the words of what is over have gone. */
async function endSession({ app, page }: Instance): Promise<void> {
  await app.leave();
  await page.getByRole('alert').getByRole('button', { name: en.app.dismiss }).click();
  await page.getByRole('alert').waitFor({ state: 'hidden' });
}

/** Nobody else's devices belong into the pictures. */
async function expectAlone(page: Page, others: readonly string[]): Promise<void> {
  const cards = page.getByTestId('device-tile');
  for (const name of others) await cards.filter({ hasText: name }).waitFor();
  await expect(cards, 'no other device is on this network').toHaveCount(others.length);
}

async function shoot(page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0);
  // Transitions end and the newest frame of the shared screen arrives.
  await page.waitForTimeout(1500);
  await page.screenshot({ path: join(IMAGES, `${name}.png`) });
}

/** The same view in English and in Korean. */
async function shootBoth(page: Page, name: string): Promise<void> {
  await shoot(page, `${name}-en`);
  await setLanguage(page, en, '한국어');
  await shoot(page, `${name}-ko`);
  await setLanguage(page, ko, 'English');
}

/** What the two have written each other. */
async function talk(viewer: Instance, sharer: Instance): Promise<void> {
  await sharer.app.sendText(viewer.name, '출시 계획이에요. 화면으로 같이 봐요!');
  await viewer.app.expectText('출시 계획', 'received');
  await viewer.app.sendText(sharer.name, 'Thanks! I’ll bring last week’s notes.');
  await sharer.app.expectText('Thanks!', 'received');
}

/** Trusted devices, and the warning when another device comes under the name of one. */
async function showTrust(
  viewer: Instance,
  meeting: Instance,
  start: (name: string) => Promise<Instance>,
): Promise<void> {
  await connect(viewer, meeting, { trust: true });
  for (const [from, to, name] of [
    [en, '한국어', 'trusted-en'],
    [ko, 'English', 'trusted-ko'],
  ] as const) {
    await viewer.page.getByRole('button', { name: from.app.settings, exact: true }).click();
    await viewer.page.getByRole('tab', { name: from.settings.tabs.trust }).click();
    await shoot(viewer.page, name);
    await closeDialog(viewer.page, from);
    await setLanguage(viewer.page, from, to);
  }
  await endSession(viewer);
  await meeting.stop();
  const impostor = await start(meeting.name);
  await viewer.app.goHome();
  await viewer.app.connectTo(meeting.name);
  await impostor.app.acceptRequest(viewer.name);
  await viewer.app.trust.keyChanged(meeting.name).waitFor();
  await shootBoth(viewer.page, 'key-changed');
}

async function main(dir: string, instances: Instance[]): Promise<void> {
  const display = await Display.start(thisMachine);
  const browser = await startBrowser({ dir: join(dir, 'browser'), displayName: display.name });
  const start = async (name: string, shown?: Browser): Promise<Instance> => {
    const home = join(dir, String(instances.length));
    await mkdir(home);
    const instance = await Instance.start({ name, dir: home, locale: 'en-US', browser: shown });
    instances.push(instance);
    await instance.app.welcome();
    return instance;
  };
  try {
    const viewer = await start('Jiho’s laptop');
    const sharer = await start('민지의 데스크톱', browser);
    const meeting = await start('Meeting room');
    await viewer.page.setViewportSize({ width: 1280, height: 800 });
    await expectAlone(viewer.page, [meeting.name, sharer.name]);
    await shoot(viewer.page, 'home-en');
    await setLanguage(viewer.page, en, '한국어');
    await shoot(viewer.page, 'home-ko');
    await setLanguage(viewer.page, ko, 'English');

    await sharer.app.connectTo(viewer.name);
    await viewer.app.acceptRequest(sharer.name);
    await shootBoth(viewer.page, 'verify');
    await compareCodes(sharer, viewer, { trust: true });
    await talk(viewer, sharer);
    await display.run('xsetroot', '-solid', '#c9d3e8');
    await sharer.app.shareScreen();
    const document = await sharer.browser.newPage();
    await document.setContent(DOCUMENT);
    await viewer.app.remoteVideo.waitFor();
    await shoot(viewer.page, 'session-en');

    await sharer.page.bringToFront();
    const photos = await writeRandomFile(join(dir, 'Harbour at dawn.mov'), 400e6);
    const notes = await writeRandomFile(join(dir, '회의록 11월.pdf'), 2_400_000);
    await viewer.app.sendFiles(notes);
    await sharer.app.acceptOffer(viewer.name);
    await viewer.app.expectTransfer('send', '회의록 11월.pdf', 'done', 30_000);
    await sharer.app.sendFiles(photos);
    await viewer.app.acceptOffer(sharer.name);
    await document.bringToFront();
    // The speed is a mean of the last seconds, and is steady by then.
    await viewer.page.waitForTimeout(4000);
    await shoot(viewer.page, 'transfers-en');
    await setLanguage(viewer.page, en, '한국어');
    await shoot(viewer.page, 'transfers-ko');
    await viewer.page.emulateMedia({ colorScheme: 'dark' });
    await shoot(viewer.page, 'transfers-ko-dark');
    await viewer.page.emulateMedia({ colorScheme: 'light' });
    await setLanguage(viewer.page, ko, 'English');
    await viewer.app.expectTransfer('receive', 'Harbour at dawn.mov', 'done', 60_000);
    // The folder that it went to is no reader's.
    await viewer.app.openDrawer('chat');
    await endSession(viewer);
    await showTrust(viewer, meeting, start);
  } finally {
    await Promise.all(instances.map((instance) => instance.stop()));
    await browser.close();
    await display.stop();
  }
}

/** A network of this machine alone, with an address that reads well; the command after it runs there. */
const APART = [
  'ip link set lo up',
  'ip link add lan type veth peer name nobody',
  'ip link set nobody up',
  'ip link set lan up',
  'ip address add 192.168.0.12/24 dev lan',
  'ip route add default dev lan',
  'exec "$@"',
].join(' && ');

/** Runs this script anew where no other device is. */
function runApart(): number {
  const command = [process.execPath, ...process.execArgv, import.meta.filename, '--apart'];
  const args = ['--net', 'sh', '-c', APART, 'sh', ...command];
  return spawnSync('unshare', args, { stdio: 'inherit' }).status ?? 1;
}

async function takeAll(): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'hither-screenshots-'));
  try {
    await mkdir(IMAGES, { recursive: true });
    await shootPicker(IMAGES, { 'Release plan': DOCUMENT, Notes: NOTES });
    await main(dir, []);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

if (process.argv.includes('--apart')) await takeAll();
else process.exitCode = runApart();
