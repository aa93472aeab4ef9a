import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium, type Locator, type Page } from '@playwright/test';
import { en } from '../../src/renderer/i18n/en';
import { findChromium } from '../../scripts/chromium.mjs';
import { findElectron } from '../../scripts/electronRuntime.mjs';
import { browserFlags } from '../support/app/browserFlags';
import {
  connect,
  type Desk,
  type DesktopApp,
  expect,
  launchPair,
  test,
} from '../support/electron/electronTest';
import { watchNotifications } from '../support/electron/watchNotifications';
import { isShowing, pictureAt, showPicture } from '../support/lab/MovingPattern';

/** How long a picture may take from the sharer's screen to the viewer's, in ms; a loaded machine is slow to encode. */
const PICTURE_MS = 10_000;

/** Shows pictures on the bare part of the sharer's screen and waits for each of them in the viewer's video. */
async function expectFollowed(desk: Desk, viewer: DesktopApp, steps: readonly number[]): Promise<void> {
  for (const step of steps) {
    const picture = pictureAt(step);
    await showPicture(desk.display, picture, join(desk.dir, 'picture.xbm'));
    await expect
      .poll(() => isShowing(viewer.app.remoteVideo, picture), {
        timeout: PICTURE_MS,
        message: `picture ${step}`,
      })
      .toBe(true);
  }
}

/** Opens the picker and chooses a source by its name. */
async function pick(app: DesktopApp, tab: 'screens' | 'windows', name: RegExp): Promise<Locator> {
  await app.page.getByRole('button', { name: en.share.start }).first().click();
  const picker = app.page.getByRole('dialog', { name: en.share.picker.title });
  await picker.getByRole('tab', { name: en.share.picker[tab] }).click();
  const card = picker.getByRole('radio', { name });
  await card.click();
  return picker;
}

/** Mean colour of the middle of an image or a video, and its size. */
async function look(element: Locator): Promise<{ colour: number[]; width: number; height: number }> {
  return element.evaluate(async (shown: HTMLImageElement | HTMLVideoElement) => {
    const isVideo = shown instanceof HTMLVideoElement;
    if (!isVideo) await shown.decode();
    const width = isVideo ? shown.videoWidth : shown.naturalWidth;
    const height = isVideo ? shown.videoHeight : shown.naturalHeight;
    if (width === 0) return { colour: [], width, height };
    const context = new OffscreenCanvas(width, height).getContext('2d')!;
    context.drawImage(shown, 0, 0);
    const { data } = context.getImageData(Math.floor(width / 2) - 4, Math.floor(height / 2) - 4, 8, 8);
    const colour = [0, 1, 2].map((channel) => {
      let sum = 0;
      for (let i = channel; i < data.length; i += 4) sum += data[i] ?? 0;
      return Math.round(sum / (data.length / 4));
    });
    return { colour, width, height };
  });
}

function isNear(seen: readonly number[], wanted: readonly number[]): boolean {
  return seen.length === 3 && seen.every((value, channel) => Math.abs(value - wanted[channel]!) < 40);
}

test.skip(process.platform !== 'linux', 'what is on the screen is put there and looked at through X');

test('a screen picked by its thumbnail is what the other person sees', async ({
  desk,
  farDesk,
}, testInfo) => {
  const [alice, bob] = await launchPair(desk, farDesk);
  await connect(alice, bob);
  await showPicture(desk.display, pictureAt(3), join(desk.dir, 'picture.xbm'));
  const picker = await pick(alice, 'screens', /screen/i);
  const thumbnail = await look(picker.getByRole('radio').first().locator('img'));
  expect(thumbnail.width / thumbnail.height).toBeCloseTo(1600 / 900, 1);
  await testInfo.attach('picker', { body: await alice.page.screenshot(), contentType: 'image/png' });
  await picker.getByRole('button', { name: en.share.picker.share, exact: true }).click();
  await expectFollowed(desk, bob, [0, 1, 2]);
  await alice.app.stopSharing();
  await expect(bob.app.remoteVideo).toBeHidden();
});

test('who closes the window while their screen can be seen is told so, also when that begins later', async ({
  desk,
  farDesk,
}) => {
  const [alice, bob] = await launchPair(desk, farDesk);
  await connect(alice, bob);
  const notifications = await watchNotifications(alice);
  await alice.page.evaluate(() => window.hither!.request('settings:update', { keepRunning: true }));
  const picker = await pick(alice, 'screens', /screen/i);
  await picker.getByRole('button', { name: en.share.picker.share, exact: true }).click();
  await expect(bob.app.remoteVideo).toBeVisible();
  // As long as the window is looked at, its own words are enough.
  expect(await notifications.shown()).toEqual([]);
  await alice.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  const told = `${bob.name} sees your screen: Open Hither to stop sharing.`;
  await expect.poll(notifications.shown).toEqual([told]);
  await alice.app.stopSharing();
  await expect(bob.app.remoteVideo).toBeHidden();
  const again = await pick(alice, 'screens', /screen/i);
  await again.getByRole('button', { name: en.share.picker.share, exact: true }).click();
  await expect.poll(notifications.shown).toEqual([told, told]);
});

test('a request to capture that nobody chose a source for is denied', async ({ desk }) => {
  const alice = await desk.launch('Alice');
  await alice.app.expectInUse();
  await alice.page.getByRole('banner').click();
  const answer = await alice.page.evaluate(() =>
    navigator.mediaDevices.getDisplayMedia({ video: true }).then(
      () => 'captured',
      (error: unknown) => (error as Error).name,
    ),
  );
  expect(answer).toBe('NotAllowedError');
});

test('a page that is handed a gesture has one while it captures', async ({ desk }) => {
  const alice = await desk.launch('Alice');
  await alice.app.expectInUse();
  const capture = (isActivated: boolean) =>
    alice.evaluate(
      async ({ BrowserWindow }, [event, hasGesture]) => {
        const contents = BrowserWindow.getAllWindows()[0]!.webContents;
        const run = (code: string, isGesture: boolean) => contents.executeJavaScript(code, isGesture);
        await run(
          `(async () => {
            const { value } = await hither.request('capture:sources', {});
            await hither.request('capture:choose', { sourceId: value.sources[0].sourceId });
            window.captured = new Promise((resolve) => addEventListener('${event}', async () => {
              const gesture = navigator.userActivation.isActive ? 'gesture' : 'no gesture';
              const stream = await navigator.mediaDevices.getDisplayMedia({ video: true }).catch(String);
              if (typeof stream === 'string') resolve([gesture, stream].join(': '));
              else for (const track of stream.getTracks()) resolve([gesture, track.kind].join(': ')), track.stop();
            }, { once: true }));
          })()`,
          false,
        );
        await run(`void dispatchEvent(new Event('${event}'))`, hasGesture);
        return (await run('window.captured', false)) as string;
      },
      ['hither:activated', isActivated] as const,
    );
  const isReady = () =>
    alice.evaluate(
      ({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
          `document.querySelector('header') !== null && !navigator.userActivation.isActive`,
          false,
        ) as Promise<boolean>,
    );
  // What Playwright asks a page passes for a gesture, and so does a capture; each is over in five seconds, or with the page.
  const startOver = async () => {
    await alice.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.reload());
    await expect.poll(isReady).toBe(true);
  };
  await startOver();
  // The standard refuses a capture without a gesture; not every Chromium does.
  expect(await capture(false)).toMatch(/^no gesture: (video|InvalidStateError)/);
  await startOver();
  expect(await capture(true)).toBe('gesture: video');
});

test.describe('a window', () => {
  let painting: Browser | null = null;

  test.afterEach(async () => {
    await painting?.close();
    painting = null;
  });

  /** Another program's window of one colour, over the right edge of the app's. */
  async function openPainting(desk: Desk): Promise<Page> {
    const html = join(desk.dir, 'painting.html');
    await writeFile(
      html,
      '<!doctype html><meta charset="utf-8"><title>Painting 그림</title><body style="background: #1428c8">',
    );
    painting = await chromium.launch({
      executablePath: findChromium()!,
      headless: false,
      env: { ...process.env, DISPLAY: desk.display.name },
      args: [...browserFlags(), '--window-position=1080,100', '--window-size=510,600'],
    });
    const page = await painting.newPage({ viewport: null });
    await page.goto(`file://${html}`);
    return page;
  }

  test('picked by its thumbnail is all that the other person sees', async ({ desk, farDesk }, testInfo) => {
    const [alice, bob] = await launchPair(desk, farDesk);
    const page = await openPainting(desk);
    await connect(alice, bob);
    const picker = await pick(alice, 'windows', /Painting 그림/);
    const thumbnail = await look(picker.getByRole('radio', { name: /Painting 그림/ }).locator('img'));
    expect(isNear(thumbnail.colour, [20, 40, 200])).toBe(true);
    await testInfo.attach('picker', { body: await alice.page.screenshot(), contentType: 'image/png' });
    await picker.getByRole('button', { name: en.share.picker.share, exact: true }).click();
    for (const colour of [
      [20, 40, 200],
      [220, 60, 20],
      [10, 160, 60],
    ] as const) {
      await page.evaluate((css) => (document.body.style.background = css), `rgb(${colour.join(',')})`);
      await expect
        .poll(async () => isNear((await look(bob.app.remoteVideo)).colour, colour), { timeout: PICTURE_MS })
        .toBe(true);
    }
    const { width, height } = await look(bob.app.remoteVideo);
    expect(width / height).toBeCloseTo(await page.evaluate(() => outerWidth / outerHeight), 1);
  });
});

test('of two displays the one that is picked is shared, and no other', async ({ desk, farDesk }) => {
  test.skip(findElectron() !== null, 'a machine with two displays is needed');
  const alice = await desk.launch('Alice', { env: { STAND_IN_DISPLAYS: '1200x900+0+0 400x900+1200+0' } });
  const widths = () => alice.evaluate(({ screen }) => screen.getAllDisplays().map(({ size }) => size.width));
  expect(await widths()).toEqual([1200, 400]);
  const bob = await farDesk.launch('Bob');
  await desk.display.run('xsetroot', '-solid', '#c81e1e');
  await connect(alice, bob);
  const picker = await pick(alice, 'screens', /Screen 2/);
  await expect(picker.getByRole('radio')).toHaveCount(2);
  await picker.getByRole('button', { name: en.share.picker.share, exact: true }).click();
  await expect
    .poll(async () => isNear((await look(bob.app.remoteVideo)).colour, [200, 30, 30]), {
      timeout: PICTURE_MS,
    })
    .toBe(true);
  const { width, height } = await look(bob.app.remoteVideo);
  expect(width / height).toBeCloseTo(400 / 900, 1);
});
