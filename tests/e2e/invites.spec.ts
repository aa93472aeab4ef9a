/** Two whole apps that meet at a relay: by a link, and by a code that is said. Needs a build and Chromium. */
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { en } from '../../src/renderer/i18n/en';
import { expect, test } from '../support/app/localTest';
import { root } from '../support/electron/AppProcess';
import { RelayProcess } from '../support/relay/RelayProcess';

const words = en.invites;
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

async function setRelay(page: Page, url: string): Promise<void> {
  await press(page, en.app.settings);
  await page.getByRole('tab', { name: en.settings.tabs.beyond }).click();
  const field = page.getByRole('textbox', { name: en.settings.beyond.relay });
  await field.fill(url);
  await field.press('Enter');
  await press(page, en.app.close);
  await expect(page.getByRole('dialog')).toBeHidden();
}

async function comeBy(page: Page, invite: string): Promise<void> {
  const field = page.getByLabel(en.home.address.label);
  await field.fill(invite);
  await field.press('Enter');
}

async function write(page: Page, text: string): Promise<void> {
  await page.getByPlaceholder(en.texts.placeholder).fill(text);
  await page.keyboard.press('Enter');
}

test('a link, and then a code, bring two together who find each other by nothing else', async ({ local }) => {
  const script = join(root, 'out/relay/index.js');
  const relay = await RelayProcess.start(script, []);
  try {
    const [anna, ben] = await Promise.all([
      local.add('Anna', { isVisible: false }),
      local.add('Ben', { isVisible: false }),
    ]);
    const [hers, his] = [anna.page, ben.page];
    for (const page of [hers, his])
      await page.getByRole('dialog').getByRole('button', { name: en.welcome.notNow }).click();
    await setRelay(hers, `http://127.0.0.1:${relay.port}`);

    await press(hers, words.open);
    await hers.getByRole('switch', { name: words.form.right.share }).click();
    await press(hers, words.form.create);
    const link = await hers.getByRole('dialog').locator('code').textContent();
    await comeBy(his, link ?? '');
    await ben.app.expectConnected();
    await expect(hers.getByRole('dialog').getByText(/came by your invite/)).toBeVisible();
    await press(hers, words.toSession);
    await anna.app.expectConnected();
    await expect(his.getByRole('button', { name: en.share.start })).toHaveCount(0);
    await write(his, '안녕하세요, Anna');
    await expect(hers.getByText('안녕하세요, Anna')).toBeVisible();
    await ben.app.leave();
    await anna.app.expectNoSession();

    await setRelay(his, `http://127.0.0.1:${relay.port}/`);
    await press(hers, en.app.home);
    await press(hers, words.open);
    await hers.getByRole('radiogroup').getByText(words.form.code, { exact: true }).click();
    await press(hers, words.form.create);
    const code = await hers.getByRole('group', { name: words.code.label }).textContent();
    await comeBy(his, `${code?.split('-')[0]} wrong words`);
    await expect(his.getByText(en.errors['wrong-code'].title)).toBeVisible();
    await comeBy(his, code ?? '');
    await ben.app.expectConnected();
    await press(hers, words.toSession);
    await anna.app.expectConnected();
    await write(hers, 'Good to hear you');
    await expect(his.getByText('Good to hear you')).toBeVisible();
  } finally {
    await relay.end('SIGTERM');
  }
});
