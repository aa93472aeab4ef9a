import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { menuTemplate } from '../../../../src/main/electron/shell/menuTemplate';
import { nativeText } from '../../../../src/main/electron/shell/nativeText';

const text = nativeText('ko', []);

function itemsOf(template: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return template.flatMap((item) =>
    Array.isArray(item.submenu) ? [item, ...itemsOf(item.submenu)] : [item],
  );
}

describe('menuTemplate', () => {
  it.each(['darwin', 'win32', 'linux'] as const)(
    'labels every item on %s in the language asked for',
    (platform) => {
      const items = itemsOf(menuTemplate({ platform, text, isDeveloper: true }));
      const unlabelled = items.filter(
        ({ type, label }) => type !== 'separator' && label !== 'Hither' && !label?.match(/[가-힣]/),
      );
      expect(unlabelled).toEqual([]);
    },
  );

  it('has the application menu on macOS alone, and quitting and the about panel everywhere', () => {
    const roles = (platform: NodeJS.Platform) =>
      itemsOf(menuTemplate({ platform, text, isDeveloper: false })).map(({ role }) => role);
    expect(roles('darwin')).toEqual(expect.arrayContaining(['about', 'services', 'hide', 'quit', 'front']));
    expect(roles('linux')).toEqual(expect.arrayContaining(['about', 'quit', 'copy', 'paste']));
    expect(roles('linux')).not.toContain('services');
  });

  it('gives reload and developer tools to developers alone', () => {
    const roles = (isDeveloper: boolean) =>
      itemsOf(menuTemplate({ platform: 'linux', text, isDeveloper })).map(({ role }) => role);
    expect(roles(true)).toEqual(expect.arrayContaining(['reload', 'toggleDevTools']));
    expect(roles(false)).not.toContain('reload');
    expect(roles(false)).not.toContain('toggleDevTools');
  });
});

describe('nativeText', () => {
  it.each([
    ['en', ['ko-KR'], 'Quit Hither'],
    ['ko', ['en-US'], 'Hither 종료'],
    ['system', ['ko-KR', 'en-US'], 'Hither 종료'],
    ['system', ['en-GB', 'ko-KR'], 'Quit Hither'],
    ['system', ['de-DE', 'ko'], 'Hither 종료'],
    ['system', ['kok-IN'], 'Quit Hither'],
    ['system', [], 'Quit Hither'],
  ] as const)('for the setting %s and a system that speaks %o says "%s"', (setting, languages, quit) => {
    expect(nativeText(setting, [...languages])).toHaveProperty('quit', quit);
  });
});
