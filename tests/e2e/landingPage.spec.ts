/** The page that an invite's link shows in a browser, in Chromium and from a relay in this process. */
import { expect, test } from '@playwright/test';
import { createRelay } from '../../src/relay/createRelay';
import type { Relay } from '../../src/relay/createRelayOn';
import { DEFAULT_SETTINGS } from '../../src/relay/settings/RelaySettings';
import { appLinkOf, formatInviteLink, parseInvite } from '../../src/shared/identity/invite';
import { FakeLog } from '../support/FakeLog';

const secret = Uint8Array.from({ length: 16 }, (_, index) => index * 17);
const inviter = new Uint8Array(16).fill(7);
let relay: Relay | null = null;

/** Starts a relay on a free port. @returns its address, with the base path */
async function start(basePath: string): Promise<string> {
  const settings = { ...DEFAULT_SETTINGS, port: 0, host: '127.0.0.1', drainMs: 0, basePath };
  relay = createRelay(settings, { log: new FakeLog() });
  return `http://127.0.0.1:${await relay.start()}${basePath}`;
}

test.afterEach(async () => {
  await relay?.close();
  relay = null;
});

for (const basePath of ['', '/meet/here'])
  test(`the button opens the app by the same invite, base path "${basePath}"`, async ({ page }) => {
    const relayUrl = await start(basePath);
    const link = formatInviteLink({ relayUrl, secret, inviter, expiresMs: 60_000 * 29_000_000 });
    const asked: string[] = [];
    const troubles: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    page.on('console', (message) => troubles.push(message.text()));
    page.on('pageerror', (error) => troubles.push(error.message));
    await page.goto(link);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Somebody invites you to Hither', {
      useInnerText: true,
    });
    const href = await page.getByRole('link', { name: 'Open in Hither' }).getAttribute('href');
    expect(href).toBe(appLinkOf(link));
    expect(parseInvite(href ?? '')).toEqual(parseInvite(link));
    await expect(page.getByRole('textbox', { name: 'Invite link' })).toHaveValue(link);
    await page.getByRole('button', { name: 'Copy the link' }).click();
    await expect(page.getByRole('status')).toHaveText('Copied', { useInnerText: true });
    // Nothing but the page itself is loaded; what stands behind the # is in no request.
    expect(asked).toEqual([`${relayUrl}/`]);
    expect(troubles).toEqual([]);
  });

test.describe('in Korean', () => {
  test.use({ locale: 'ko-KR', colorScheme: 'dark', viewport: { width: 320, height: 560 } });

  test('the page speaks Korean, and fits a phone', async ({ page }) => {
    const relayUrl = await start('');
    await page.goto(formatInviteLink({ relayUrl, secret, inviter, expiresMs: 60_000 * 29_000_000 }));
    await expect(page).toHaveTitle('Hither 초대');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Hither 초대를 받았어요', {
      useInnerText: true,
    });
    await expect(page.getByText('Open in Hither')).toBeHidden();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wide).toBeLessThanOrEqual(0);
  });
});

test('without an invite it says what this server is', async ({ page }) => {
  await page.goto(await start(''));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This is a Hither relay', {
    useInnerText: true,
  });
  await expect(page.getByRole('link')).toHaveCount(0);
});
