/** The window of a session, on a made-up core: what stays where it is, what is told of, and where the focus goes. */
import { expect, type Locator, type Page } from '@playwright/test';
import { en } from '../../src/renderer/i18n/en';
import { id, session, transfer, verifying } from '../support/harness/samples';
import { someTexts } from '../support/harness/transferScenes';
import { open, test } from '../support/harness/sceneTest';

const MINA = 'Mina’s MacBook Air';
const callsOf = (page: Page, name: string) => page.evaluate((each) => window.fakeCore.callsOf(each), name);
const stage = (page: Page): Locator => page.getByRole('region', { name: en.session.stage.label });
const dock = (page: Page): Locator => page.getByRole('group', { name: en.session.dock });
const isFocusLost = (page: Page) => page.evaluate(() => document.activeElement === document.body);

/** Changes the open session of a scene. */
async function change(page: Page, part: Partial<ReturnType<typeof session>>): Promise<void> {
  await page.evaluate((each) => {
    const [first, ...others] = window.fakeCore.getSnapshot().sessions;
    if (first) window.fakeCore.set({ sessions: [{ ...first, ...each }, ...others] });
  }, part);
}

/** The other side shows a screen, which only the page itself can make. */
async function showScreen(page: Page): Promise<void> {
  await page.evaluate(() => {
    const [first] = window.fakeCore.getSnapshot().sessions;
    const remoteShare = { stream: new MediaStream(), label: 'Screen 1', mute: 'none' as const };
    if (first) window.fakeCore.set({ sessions: [{ ...first, remoteShare }] });
  });
}

const text = (n: number) => ({
  textId: id(900 + n),
  direction: 'in' as const,
  text: 'hello',
  state: 'received' as const,
  atMs: n,
});

test('the stage keeps its size while a text, an offer, a question, a request and a screen arrive', async ({
  page,
}) => {
  for (const width of [800, 1200]) {
    await page.setViewportSize({ width, height: 700 });
    await open(page, 'session-empty');
    const before = await stage(page).boundingBox();
    const same = async () => expect(await stage(page).boundingBox()).toEqual(before);
    await change(page, { texts: [text(1)] });
    await same();
    await page.evaluate(
      (offer) => window.fakeCore.set({ transfers: [offer] }),
      transfer(1, { phase: 'incoming' }),
    );
    await expect(page.getByRole('dialog')).toBeVisible();
    await same();
    await change(page, { isViewRequested: true });
    await page.evaluate(
      (other) => window.fakeCore.set({ sessions: [...window.fakeCore.getSnapshot().sessions, other] }),
      session(7, 'Visitor', { state: { phase: 'asked' }, direction: 'incoming' }),
    );
    await expect(page.getByText('2 more are waiting')).toBeVisible();
    await same();
    await showScreen(page);
    await same();
    await change(page, { state: { phase: 'reconnecting' } });
    const banner = page.getByRole('alert');
    await expect(banner).toBeVisible();
    await same();
    // And covers nothing of what stands beside the stage.
    const [over, under] = [await banner.boundingBox(), await stage(page).boundingBox()];
    if (!over || !under) throw new Error('nothing to measure');
    expect(over.x + over.width).toBeLessThanOrEqual(under.x + under.width);
  }
});

test('a question in full screen is drawn there, and the dock comes back with the first movement', async ({
  page,
}) => {
  await open(page, 'session-watching');
  const screen = page.getByRole('group', { name: `Screen of ${MINA}` });
  await screen.focus();
  await page.keyboard.press('f');
  await expect.poll(() => page.evaluate(() => document.fullscreenElement !== null)).toBe(true);
  await page.evaluate(
    (offer) => window.fakeCore.set({ transfers: [offer] }),
    transfer(1, { phase: 'incoming' }),
  );
  const card = page.getByRole('dialog', { name: `${MINA} wants to send you files` });
  await expect(card).toBeInViewport({ ratio: 1 });
  expect(await card.evaluate((each) => document.fullscreenElement?.contains(each))).toBe(true);
  await card.getByRole('button', { name: en.app.later }).last().click();
  // At rest nothing covers the picture.
  await screen.focus();
  await expect.poll(() => opacityOf(dock(page)), { timeout: 8_000 }).toBe('0');
  await expect.poll(() => opacityOf(page.locator('.stage-top'))).toBe('0');
  await page.mouse.move(300, 300);
  await expect.poll(() => opacityOf(dock(page))).toBe('1');
  await page.keyboard.press('f');
  await expect(page.locator('.app-bar')).toBeVisible();
  // What was open beside the picture is open again.
  await expect(page.getByRole('tab', { name: en.session.drawer.chat })).toBeVisible();
});

function opacityOf(element: Locator): Promise<string> {
  return element.evaluate((each) => getComputedStyle(each).opacity);
}

test('what begins while another view is open shows in the tab, the title and a notice that leads there', async ({
  page,
}) => {
  await open(page, 'session-empty');
  await page.getByRole('button', { name: en.app.home, exact: true }).click();
  await showScreen(page);
  const tab = page.getByRole('navigation').getByRole('button', { name: new RegExp(`^${MINA}, `) });
  await expect(tab).toHaveAccessibleName(`${MINA}, Connected, sharing their screen, 1 new`);
  await expect(page).toHaveTitle('(1) Hither');
  await change(page, { texts: [text(1)] });
  await expect(tab).toHaveAccessibleName(/2 new$/);
  await expect(page).toHaveTitle('(2) Hither');
  const notice = page.getByRole('alert').filter({ hasText: `${MINA} is sharing a screen` });
  await notice.getByRole('button', { name: en.transfers.notify.show }).click();
  await expect(tab).toHaveAttribute('aria-current', 'page');
  await expect(page).toHaveTitle(`${MINA} – Hither`);
});

test('a text is new until the chat is looked at', async ({ page }) => {
  await open(page, 'session-empty');
  // A press on the part that is open leaves it open.
  await page.getByRole('tab', { name: en.session.drawer.chat }).click();
  await expect(page.getByRole('tab', { name: en.session.drawer.chat })).toBeVisible();
  await dock(page).getByRole('button', { name: en.session.drawer.chat }).click();
  await expect(page.getByRole('tab', { name: en.session.drawer.chat })).toBeHidden();
  await change(page, { texts: [text(1)] });
  await expect(page).toHaveTitle(`(1) ${MINA} – Hither`);
  await dock(page).getByRole('button', { name: 'Chat, 1 new message' }).click();
  await expect(page.getByTestId('text')).toBeVisible();
  await expect(page).toHaveTitle(`${MINA} – Hither`);
});

test('sessions that were declined, taken back or left say so once, with a way back, and leave no tab', async ({
  page,
}) => {
  for (const [reason, by, words] of [
    ['declined', 'peer', `${MINA} declined`],
    ['timed-out', 'none', en.ends['timed-out'].title],
    ['left', 'peer', `${MINA} left`],
  ] as const) {
    await open(page, 'session-empty');
    await dock(page).getByRole('button', { name: en.share.start }).focus();
    await change(page, { state: { phase: 'ended', reason, by } });
    const toast = page.getByRole('alert').filter({ hasText: words });
    await expect(toast).toBeVisible();
    await expect(page.locator('.app-tab-session')).toHaveCount(0);
    await expect(page.getByRole('heading', { name: en.app.home })).toBeFocused();
    await toast.getByRole('button', { name: en.app.connectAgain }).click();
    await expect(page.locator('.app-tab-session')).toHaveCount(1);
  }
  // What needs an explanation stays, once for each device.
  await open(page, 'session-ended');
  await expect(page.locator('.app-tab-session')).toHaveCount(1);
  await page.getByRole('button', { name: en.app.tryAgain }).click();
  await expect(page.locator('.app-tab-session')).toHaveCount(1);
  await open(page, 'session-ended');
  await page.getByRole('button', { name: `Close ${MINA}` }).click();
  await expect(page.locator('.app-tab-session')).toHaveCount(0);
});

test('leaving asks while files move, and only then', async ({ page }) => {
  await open(page, 'session-empty');
  await page.evaluate((each) => window.fakeCore.set({ transfers: [each] }), transfer(1));
  await dock(page).getByRole('button', { name: en.session.leave }).click();
  const question = page.getByRole('dialog', { name: en.session.leaving.title });
  await expect(question).toContainText('1 transfer is under way');
  await question.getByRole('button', { name: en.session.leaving.stay }).click();
  await expect(question).toBeHidden();
  await expect(dock(page).getByRole('button', { name: en.session.leave })).toBeFocused();
  expect(await callsOf(page, 'leave')).toEqual([]);
  await page.evaluate((each) => window.fakeCore.set({ transfers: [each] }), transfer(1, { phase: 'done' }));
  await dock(page).getByRole('button', { name: en.session.leave }).click();
  expect(await callsOf(page, 'leave')).toEqual([id(102)]);
  await expect(page.getByRole('alert').filter({ hasText: en.ends.leftByMe.title })).toBeVisible();
});

test('who compares is told that the other person has', async ({ page }) => {
  await open(page, 'verify');
  const done = page.getByText('민지의 데스크톱 has confirmed it.');
  await expect(done).toBeHidden();
  await page.evaluate(
    (each) => window.fakeCore.set({ sessions: [each] }),
    verifying(7, '민지의 데스크톱', { isPeerVerified: true }),
  );
  await expect(done).toBeVisible();
});

test('there is one way to stop sharing, and a card in place of a picture of itself', async ({ page }) => {
  await open(page, 'session-sharing');
  await expect(page.getByRole('button', { name: /stop sharing/i })).toHaveCount(1);
  await expect(page.getByTestId('own-share')).toContainText(`You are sharing DELL U2720Q with`);
  await expect(stage(page).locator('video')).toHaveCount(0);
  await dock(page).getByRole('button', { name: en.share.more }).click();
  await page.getByRole('menuitem', { name: en.share.pause }).click();
  expect(await callsOf(page, 'setMuted')).toEqual([['screen', true]]);
});

test('texts, pictures and files stand in one timeline, by the time at which they came', async ({ page }) => {
  await open(page, 'session-empty');
  await page.evaluate(
    ([texts, transfers]) => {
      const [first] = window.fakeCore.getSnapshot().sessions;
      if (first) window.fakeCore.set({ sessions: [{ ...first, texts }], transfers });
    },
    [[text(1), text(30)], [transfer(1, { startedMs: 20, rootNames: ['between.txt'] })]] as const,
  );
  const items = page.getByRole('region', { name: en.texts.list }).getByRole('list').first().locator('> li');
  await expect(items).toHaveCount(3);
  await expect(items.nth(1)).toContainText('between.txt');
});

test('a notice never lies over the line to write in', async ({ page }) => {
  for (const width of [800, 1200]) {
    await page.setViewportSize({ width, height: 600 });
    await open(page, 'session-empty');
    if (width < 1000) await dock(page).getByRole('button', { name: en.session.drawer.chat }).click();
    await page.evaluate(() => window.fakeCore.fail({ code: 'timed-out', facts: {} }));
    const toast = page.getByRole('alert').filter({ hasText: en.errors['timed-out'].title });
    await expect(toast).toBeVisible();
    const line = await page.getByLabel(`Message to ${MINA}`).boundingBox();
    const box = await toast.boundingBox();
    const below = await dock(page).boundingBox();
    if (!line || !box || !below) throw new Error('nothing to measure');
    expect(box.x + box.width).toBeLessThanOrEqual(line.x);
    expect(box.y + box.height).toBeLessThanOrEqual(below.y);
  }
});

test('the focus goes to what follows, and never to the page itself', async ({ page }) => {
  await open(page, 'home');
  await page.evaluate((asked) => window.fakeCore.set({ sessions: [asked] }), verifying(7, 'Visitor', {}));
  await change(page, { state: { phase: 'asked' }, direction: 'incoming' });
  await page.getByRole('dialog').getByRole('button', { name: en.app.accept }).click();
  await expect.poll(() => isFocusLost(page)).toBe(false);
  await change(page, { state: { phase: 'verifying' } });
  await expect(page.locator('.verify')).toBeFocused();
  await page.getByRole('button', { name: en.verify.match }).click();
  await expect.poll(() => isFocusLost(page)).toBe(false);
  await change(page, { state: { phase: 'connected' } });
  await expect(page.getByRole('heading', { name: 'Visitor', exact: true })).toBeFocused();
  await page.keyboard.press('Control+,');
  await expect(page.getByRole('dialog', { name: en.settings.title })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect.poll(() => isFocusLost(page)).toBe(false);
  await dock(page).getByRole('button', { name: en.session.leave }).press('Enter');
  await expect(page.getByRole('heading', { name: en.app.home })).toBeFocused();
});

test('the picture is zoomed by menu, key and wheel, and dragged', async ({ page }) => {
  await open(page, 'session-watching');
  const video = page.getByTestId('remote-video');
  await expect.poll(() => video.evaluate((each: HTMLVideoElement) => each.videoWidth)).toBe(1920);
  const width = async () => Math.round((await video.boundingBox())?.width ?? 0);
  await page.mouse.move(300, 300);
  await page.getByRole('button', { name: /change the size$/ }).click();
  await page.getByRole('menuitem', { name: '200%' }).click();
  await expect.poll(width).toBe(3840);
  await expect(page.getByRole('button', { name: '200%, change the size' })).toBeVisible();
  await page.mouse.move(400, 300);
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, 100);
  await page.keyboard.up('Control');
  await expect.poll(width).toBe(Math.round(3840 / 1.1));
  const scrollTop = () => page.locator('.stage-scroll').evaluate((each) => each.scrollTop);
  const before = await scrollTop();
  await page.mouse.down();
  await page.mouse.move(400, 200, { steps: 5 });
  await page.mouse.up();
  await expect.poll(scrollTop).toBeGreaterThan(before + 50);
});

test('notifications of the browser are offered when the first would have been of use', async ({ page }) => {
  const recorder = await page.addInitScript(() => {
    const asked: number[] = [];
    const recorder = {
      permission: 'default',
      requestPermission: () => {
        asked.push(1);
        recorder.permission = 'granted';
        return Promise.resolve('granted');
      },
    };
    Object.assign(window, { Notification: recorder, asked, isSeen: true });
    document.hasFocus = () => (window as unknown as { isSeen: boolean }).isSeen;
  });
  await open(page, 'session-empty');
  const look = (isSeen: boolean) =>
    page.evaluate((each) => {
      Object.assign(window, { isSeen: each });
      if (each) window.dispatchEvent(new Event('focus'));
    }, isSeen);
  const offer = page.getByRole('alert').filter({ hasText: en.transfers.notify.offerTitle });
  await change(page, { texts: [someTexts[0]!] });
  await look(false);
  await look(true);
  await expect(offer).toBeHidden();
  await look(false);
  await change(page, { texts: someTexts });
  await look(true);
  await expect(offer).toBeVisible();
  await offer.getByRole('button', { name: en.transfers.notify.turnOn }).click();
  await expect(offer).toBeHidden();
  expect(await page.evaluate(() => (window as unknown as { asked: number[] }).asked)).toEqual([1]);
  await recorder.dispose();
});

test('a session and its files say which way they go, and change the words with it', async ({ page }) => {
  await open(page, 'session-empty');
  const ways = [
    [{ kind: 'local', via: null }, en.session.path.local],
    [{ kind: 'internet', via: null }, en.session.path.internet],
    [{ kind: 'relay', via: 'tls' }, en.session.path.relay],
  ] as const;
  const [first] = await page.evaluate(() => window.fakeCore.getSnapshot().sessions);
  const moving = transfer(1, {
    phase: 'active',
    laneKinds: ['data-channel'],
    sessionId: first?.sessionId ?? '',
  });
  await page.evaluate((each) => window.fakeCore.set({ transfers: [each] }), moving);
  for (const [path, words] of ways) {
    await change(page, { path });
    await expect(stage(page).getByText(words, { exact: true })).toBeVisible();
    await dock(page).getByRole('button', { name: en.session.drawer.people }).click();
    await expect(page.getByRole('list', { name: en.session.drawer.people })).toContainText(words);
    await page.getByRole('tab', { name: en.session.drawer.files }).click();
    await expect(page.locator('[data-lane="data-channel"]').getByText(words, { exact: true })).toBeVisible();
  }
  await change(page, { path: null, hasLink: false });
  for (const [, words] of ways) await expect(page.getByText(words, { exact: true })).toHaveCount(0);
  await change(page, { path: { kind: 'relay', via: 'tls' }, hasLink: true });
  await showScreen(page);
  await page.getByRole('button', { name: 'Mina’s MacBook Air’s screen' }).click();
  await expect(page.getByText('Through a TURN server · TLS')).toBeVisible();
});
