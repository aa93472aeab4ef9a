/** Trust on the screen: comparing codes, warnings, trusted devices; serves itself, as views.spec.ts does. */
import { expect, type Page } from '@playwright/test';
import { en } from '../../src/renderer/i18n/en';
import { ko } from '../../src/renderer/i18n/ko';
import { deviceId, id, session } from '../support/harness/samples';
import { open, test } from '../support/harness/sceneTest';

const callsOf = (page: Page, name: string) => page.evaluate((asked) => window.fakeCore.callsOf(asked), name);

/** What each device's picture is drawn with, one entry a picture inside `selector`. */
const picturesIn = (page: Page, selector: string) =>
  page
    .locator(selector)
    .getByTestId('device-picture')
    .evaluateAll((pictures) => pictures.map((picture) => picture.innerHTML));

test('codes are compared by keyboard alone, and no key that was on its way answers', async ({ page }) => {
  await open(page, 'verify');
  await expect(page.getByRole('region', { name: 'Compare the code with 민지의 데스크톱' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Space');
  expect(await callsOf(page, 'verify')).toEqual([]);
  await page.keyboard.press('Tab');
  await expect(page.getByLabel(en.verify.trust)).toBeFocused();
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: en.verify.mismatch })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  expect(await callsOf(page, 'verify')).toEqual([[id(107), { trust: true }]]);
  await expect(page.getByRole('heading', { name: 'Waiting for 민지의 데스크톱 to compare' })).toBeVisible();
  await expect(page.getByRole('group', { name: en.verify.code })).toBeVisible();
  await expect(page.getByRole('button', { name: en.verify.match })).toBeHidden();
});

test('nobody is trusted who was not ticked', async ({ page }) => {
  await open(page, 'verify');
  await page.getByRole('button', { name: en.verify.match }).click();
  expect(await callsOf(page, 'verify')).toEqual([[id(107), { trust: false }]]);
});

for (const [lang, words] of [
  ['en', en],
  ['ko', ko],
] as const) {
  test(`the code is read out as words and digits, and can be copied (${lang})`, async ({ page }) => {
    await open(page, 'verify', { lang });
    const code = page.getByRole('group', { name: words.verify.code });
    const { butterfly, carrot, pizza, dice, snowflake } = words.codeIcons;
    await expect(code.getByRole('list', { name: words.verify.pictures }).getByRole('listitem')).toHaveText([
      butterfly,
      carrot,
      pizza,
      dice,
      snowflake,
    ]);
    await expect(code).toMatchAriaSnapshot(`
      - list "${words.verify.pictures}"
      - paragraph: "${words.verify.digits}: 5 3 5 8 9 7 9 3 2"
    `);
    const copied = await page.getByTestId('code-digits').evaluate((digits) => {
      const selection = getSelection();
      selection?.selectAllChildren(digits);
      return selection?.toString().trim();
    });
    expect(copied).toBe('535 897 932');
  });
}

test('codes that differ end the session, with what it may mean and what to do', async ({ page }) => {
  await open(page, 'verify');
  await page.getByRole('button', { name: en.verify.mismatch }).click();
  expect(await callsOf(page, 'reportMismatch')).toEqual([id(107)]);
  await expect(page.getByRole('heading', { name: en.ends['code-mismatch'].title })).toBeVisible();
  await expect(page.getByText(en.verify.differed.causes.inBetween)).toBeVisible();
  await expect(page.getByText(en.verify.differed.todo)).toBeVisible();
});

test('a device with the name of a trusted one stops everything: no code, and the way out is at hand', async ({
  page,
}) => {
  await open(page, 'key-changed');
  const warning = page.getByRole('region', { name: 'This is not the “Mina’s MacBook Air” that you trust' });
  await expect(warning).toBeFocused();
  await expect(page.getByRole('group', { name: en.verify.code })).toBeHidden();
  await page.keyboard.press('Enter');
  expect(await callsOf(page, 'leave')).toEqual([]);
  await warning.getByRole('button', { name: en.keyChanged.end }).click();
  expect(await callsOf(page, 'leave')).toEqual([id(107)]);
});

test('going on after the warning leads to the code, pins nothing by itself and stays where it was', async ({
  page,
}) => {
  await open(page, 'key-changed-address');
  await page.getByRole('button', { name: en.keyChanged.goOn }).click();
  await expect(page.getByRole('group', { name: en.verify.code })).toBeVisible();
  await expect(page.getByLabel(en.verify.trust)).not.toBeChecked();
  expect(await page.evaluate(() => window.fakeCore.calls)).toEqual([]);
  await page.getByRole('button', { name: en.verify.match }).click();
  // Answered: coming back to the view brings no warning back.
  await page.getByRole('button', { name: en.app.home, exact: true }).click();
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^민지의 데스크톱, / })
    .click();
  await expect(page.getByRole('heading', { name: 'Waiting for 민지의 데스크톱 to compare' })).toBeVisible();
});

test('the announcer says the warning, not that there is a code', async ({ page }) => {
  await open(page, 'home');
  await page.evaluate((asked) => {
    window.fakeCore.set({
      sessions: [{ ...asked, state: { phase: 'verifying' } }],
    });
  }, impostor());
  await expect(page.getByTestId('announcer')).toContainText('This is not the “Kim” that you trust');
});

test('a request says who asks: a trusted device, an unknown one, one that only has the name', async ({
  page,
}) => {
  await open(page, 'request-trusted');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText(en.trust.trusted);
  await expect(dialog).not.toContainText(en.trust.codeFollows);
  await open(page, 'request-impostor');
  await expect(dialog).toContainText('Not the “Mina’s MacBook Air” that you trust');
  await open(page, 'request');
  await expect(dialog).toContainText(en.trust.unknown);
  await dialog.getByRole('button', { name: en.requests.silence }).click();
  await expect(page.getByRole('radiogroup', { name: en.requests.title })).toBeVisible();
  // Nothing was answered: both requests wait in the list.
  expect(await callsOf(page, 'decline')).toEqual([]);
});

test('who may ask is chosen by keyboard, and the header says why nobody asks', async ({ page }) => {
  await open(page, 'home-empty');
  const sign = page.getByRole('button', { name: en.requests.change });
  await expect(sign).toBeHidden();
  await page.keyboard.press('Control+,');
  await page.getByRole('tab', { name: en.settings.tabs.trust }).click();
  await page.getByRole('radio', { name: en.requests.choices.everyone.label }).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  expect((await callsOf(page, 'settings:update')).at(-1)).toEqual({ requests: 'nobody' });
  await expect(page.getByText(en.trust.list.emptyTitle)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(sign).toHaveAccessibleName(new RegExp(en.requests.now.nobody));
  await sign.click();
  await expect(page.getByRole('radio', { name: en.requests.choices.nobody.label })).toBeChecked();
});

test('a hidden device does not claim to be found, and one choice says who finds it and who may ask', async ({
  page,
}) => {
  await open(page, 'home-empty');
  const who = page.getByRole('combobox', { name: en.home.you.visibility });
  await expect(who).toHaveValue(en.requests.choices.everyone.label);
  await page.evaluate(() => {
    const { settings } = window.fakeCore.getSnapshot();
    if (settings) window.fakeCore.set({ settings: { ...settings, requests: 'hidden' } });
  });
  await expect(who).toHaveValue(en.requests.choices.hidden.label);
  await expect(page.getByText(en.requests.choices.hidden.hint)).toBeVisible();
  await who.click();
  await page.getByRole('option', { name: en.requests.choices.everyone.label }).click();
  await who.click();
  await page.getByRole('option', { name: en.home.you.off.label }).click();
  expect(await callsOf(page, 'settings:update')).toEqual([
    { nearby: true, requests: 'everyone' },
    { nearby: false },
  ]);
  await expect(who).toHaveValue(en.home.you.off.label);
  await expect(who).toBeFocused();
});

test('a trusted device is renamed, allowed something, and let go after a second question', async ({
  page,
}) => {
  await open(page, 'home');
  await page.keyboard.press('Control+,');
  await page.getByRole('tab', { name: en.settings.tabs.trust }).click();
  const row = page.getByTestId('trusted-device').filter({ hasText: '거실 데스크톱' });
  await page.getByRole('button', { name: 'Change the name of 거실 데스크톱' }).click();
  await page.getByLabel(en.trust.list.nameLabel).fill('TV');
  await page.keyboard.press('Enter');
  const update = { deviceId: deviceId(1) };
  expect(await callsOf(page, 'trust:update')).toEqual([{ ...update, name: 'TV' }]);
  await expect(row).toBeHidden();
  await page.getByRole('button', { name: 'Permissions and key of TV' }).click();
  await page.getByRole('switch', { name: en.trust.permissions.sendFiles }).press('Space');
  expect((await callsOf(page, 'trust:update')).at(-1)).toEqual({
    ...update,
    permissions: { connect: 'ask', sendFiles: 'allow', viewScreen: 'ask' },
  });
  await page.getByRole('button', { name: en.trust.revoke.action }).click();
  await expect(page.getByRole('button', { name: en.app.cancel, exact: true })).toBeFocused();
  expect(await callsOf(page, 'trust:revoke')).toEqual([]);
  await page.getByRole('alert').getByRole('button', { name: en.trust.revoke.action }).click();
  expect(await callsOf(page, 'trust:revoke')).toEqual([update]);
  await expect(page.getByTestId('trusted-device')).toHaveCount(2);
});

test('a device has one picture everywhere, the same in a mirror, and another one than its neighbours', async ({
  page,
}) => {
  await open(page, 'home');
  const cards = await picturesIn(page, '.device-tile');
  // Two in session, four without one.
  expect(cards).toHaveLength(6);
  expect(new Set(cards).size).toBe(6);
  await page.keyboard.press('Control+j');
  expect((await picturesIn(page, '.transfer-row'))[0]).toBe(cards[2]);
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^거실 데스크톱, / })
    .click();
  expect((await picturesIn(page, '.stage-tile'))[0]).toBe(cards[0]);
  const lopsided = await page.locator('.stage-tile svg').first().evaluate(unlikeInMirror);
  // The edges of discs are smoothed a little differently on the two sides.
  expect(lopsided).toBeLessThan(20);
});

test('cards mark trusted devices, and one that only has the name of a trusted device', async ({ page }) => {
  await open(page, 'home');
  const card = (name: string) => page.getByTestId('device-tile').filter({ hasText: name }).first();
  await expect(card('Mina’s MacBook Air').getByRole('img', { name: en.trust.trusted })).toBeVisible();
  await expect(
    card('build-server').getByRole('img', { name: /^Not the “Build-server.*” that you trust$/ }),
  ).toBeVisible();
  await expect(card('Old laptop').getByRole('img')).toHaveCount(0);
});

test('a question to see the screen leads to the choice and waits in the session if that is cancelled', async ({
  page,
}) => {
  await open(page, 'view-request');
  const dialog = page.getByRole('dialog', { name: 'Mina’s MacBook Air asks to see your screen' });
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: en.share.view.choose }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('dialog', { name: en.share.picker.title })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.getByRole('button', { name: 'Answer 1 postponed question' }).click();
  await dialog.getByRole('button', { name: en.share.view.notNow }).click();
  expect(await callsOf(page, 'declineView')).toEqual([id(102)]);
  await expect(dialog).toBeHidden();
});

test('asking to see their screen says what became of it, and asks once at a time', async ({ page }) => {
  await open(page, 'session-empty');
  const dock = page.getByRole('group', { name: en.session.dock });
  await dock.getByRole('button', { name: en.share.view.ask }).click();
  const waiting = dock.getByRole('button', { name: en.share.view.waiting });
  await expect(waiting).toBeFocused();
  await page.keyboard.press('Enter');
  expect(await callsOf(page, 'askToView')).toEqual([id(102)]);
  await open(page, 'session-watching');
  await expect(page.getByRole('button', { name: en.share.view.ask })).toHaveCount(0);
});

test('names of peers in the warning and the code are text and nothing else', async ({ page }) => {
  await open(page, 'home');
  const name = '<b>x</b>{{trusted}}$t(app.name)\u0661';
  await page.evaluate(
    ([one, called]) => {
      const trust = { state: 'name-taken', trustedName: called } as const;
      const security = one.security && { ...one.security, trust, isVerified: false };
      const state = { phase: 'verifying' } as const;
      window.fakeCore.set({ sessions: [{ ...one, title: called, state, security }] });
    },
    [session(7, name), name] as const,
  );
  await page.locator('.app-tab-open').last().click();
  const warning = page.locator('.key-changed');
  await expect(warning.locator('bdi').first()).toHaveText(name);
  await page.getByRole('button', { name: en.keyChanged.goOn }).click();
  await expect(page.locator('.verify-who bdi').first()).toHaveText(name);
  expect(await page.locator('.verify b').count()).toBe(0);
});

function impostor() {
  const one = session(7, 'Kim');
  const trust = { state: 'name-taken', trustedName: 'Kim' } as const;
  return { ...one, security: one.security && { ...one.security, trust, isVerified: false } };
}

/** Pixels of a picture that differ from their mirror image; runs in the page. */
async function unlikeInMirror(picture: SVGElement | HTMLElement): Promise<number> {
  const side = 100;
  const copy = picture.cloneNode(true) as SVGElement;
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(side));
  copy.setAttribute('height', String(side));
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(copy.outerHTML)}`;
  await image.decode();
  const pen = Object.assign(document.createElement('canvas'), { width: side, height: side }).getContext('2d');
  if (!pen) return Number.NaN;
  pen.drawImage(image, 0, 0);
  const { data } = pen.getImageData(0, 0, side, side);
  const redAt = (x: number, y: number) => data[4 * (y * side + x)] ?? 0;
  let unlike = 0;
  for (let y = 0; y < side; y += 1)
    for (let x = 0; x < side / 2; x += 1) if (Math.abs(redAt(x, y) - redAt(side - 1 - x, y)) > 8) unlike += 1;
  return unlike;
}

/** Changes what the list of trusted devices says of the peers of all sessions, and what has shown that nobody is in between. */
const judged = (page: Page, change: object) =>
  page.evaluate((part) => {
    const sessions = window.fakeCore
      .getSnapshot()
      .sessions.map((each) => ({ ...each, security: each.security && { ...each.security, ...part } }));
    window.fakeCore.set({ sessions });
  }, change);

test('a device that came by an invite can be trusted from People, and is told of once it is', async ({
  page,
}) => {
  await open(page, 'session-with-guest');
  await page.getByRole('tab', { name: en.session.drawer.people, exact: true }).click();
  const people = page.getByRole('list', { name: en.session.drawer.people });
  const offer = people.getByRole('button', { name: en.trust.give.action });
  await offer.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Trust Anna?' });
  await expect(dialog).toContainText(en.trust.give.why['spoken-code']);
  await expect(dialog).toContainText(en.trust.give.means);
  await page.keyboard.press('Escape');
  await expect(offer).toBeFocused();
  expect(await callsOf(page, 'sessions:trust')).toEqual([]);
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: en.trust.give.action }).click();
  expect(await callsOf(page, 'sessions:trust')).toEqual([{ sessionId: id(102) }]);
  const permissions = { connect: 'ask', sendFiles: 'ask', viewScreen: 'ask' };
  await judged(page, { trust: { state: 'trusted', permissions } });
  await expect(dialog).toBeHidden();
  await expect(people).toContainText(en.trust.trusted);
  await expect(offer).toHaveCount(0);
  await expect(page.getByTestId('announcer')).toContainText('You trust Anna now');
});

test('why no code needs comparing is said of each way that people met, to each of them', async ({ page }) => {
  for (const [scene, proof, why] of [
    ['session-guest', 'invite', 'guest'],
    ['session-guest', 'code', 'code'],
    ['session-with-guest', 'invite', 'host'],
    ['session-with-guest', 'spoken-code', 'spoken-code'],
  ] as const) {
    await open(page, scene);
    await judged(page, { proof });
    await page.getByRole('button', { name: en.session.more, exact: true }).click();
    await page.getByRole('menuitem', { name: en.trust.give.action }).click();
    await expect(page.getByRole('dialog')).toContainText(en.trust.give.why[why]);
  }
});

test('a device with the name of a trusted one is not offered to be trusted', async ({ page }) => {
  await open(page, 'session-with-guest');
  await judged(page, { trust: { state: 'name-taken', trustedName: 'Anna' } });
  await page.getByRole('tab', { name: en.session.drawer.people, exact: true }).click();
  await expect(page.getByText('Not the “Anna” that you trust')).toBeVisible();
  await page.getByRole('button', { name: en.session.more, exact: true }).click();
  await expect(page.getByRole('menuitem', { name: en.stats.open })).toBeVisible();
  await expect(page.getByText(en.trust.give.action)).toHaveCount(0);
});
