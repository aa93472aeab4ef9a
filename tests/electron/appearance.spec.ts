import { en } from '../../src/renderer/i18n/en';
import { ko } from '../../src/renderer/i18n/ko';
import { type DesktopApp, expect, test } from '../support/electron/electronTest';

/** What the person sees the app in. */
async function look(app: DesktopApp): Promise<object> {
  const page = await app.page.evaluate(() => ({
    language: document.documentElement.lang,
    isDark: matchMedia('(prefers-color-scheme: dark)').matches,
  }));
  const main = await app.evaluate(({ Menu, nativeTheme }) => ({
    theme: nativeTheme.themeSource,
    menu: Menu.getApplicationMenu()?.items.map(({ label }) => label) ?? [],
  }));
  return { ...page, ...main };
}

const update = (app: DesktopApp, patch: object) =>
  app.page.evaluate((settings) => window.hither!.request('settings:update', settings), patch);

test('language and theme are followed at once, by the page, the menu and the system’s own windows', async ({
  desk,
}, testInfo) => {
  const alice = await desk.launch('Alice');
  const menu = {
    en: ['File', 'Edit', 'View', 'Window', 'Help'],
    ko: ['파일', '편집', '보기', '윈도우', '도움말'],
  };
  test.skip(process.platform === 'darwin', 'another menu there');
  await expect
    .poll(() => look(alice))
    .toEqual({ language: 'en', isDark: false, theme: 'system', menu: menu.en });
  for (const [language, theme] of [
    ['ko', 'dark'],
    ['en', 'light'],
  ] as const) {
    await update(alice, { language, theme });
    await expect
      .poll(() => look(alice))
      .toEqual({ language, isDark: theme === 'dark', theme, menu: menu[language] });
    const words = language === 'ko' ? ko : en;
    await expect(alice.page.getByRole('button', { name: words.app.home, exact: true })).toBeVisible();
    const body = await alice.page.screenshot();
    await testInfo.attach(`${language}, ${theme}`, { body, contentType: 'image/png' });
  }
});

test('a person whose system speaks Korean is met in Korean', async ({ desk }) => {
  const alice = await desk.launch('Alice', { env: { LANG: 'ko_KR.UTF-8' } });
  await expect(alice.page.getByRole('button', { name: ko.app.home, exact: true })).toBeVisible();
  const first = await alice.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items[0]?.label);
  expect(first).toBe('파일');
});
