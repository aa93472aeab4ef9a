import { describe, expect, it } from 'vitest';
import { appArguments } from '../../../../src/main/electron/appArguments';

describe('appArguments', () => {
  it.each<[string, boolean, string[], string[]]>([
    [
      'a package',
      true,
      ['/opt/Hither/hither', '--profile', '/p', '--no-open'],
      ['--profile', '/p', '--no-open'],
    ],
    ['a checkout', false, ['electron', '.', '--profile', '/p'], ['--profile', '/p']],
    [
      'a test driver',
      false,
      ['electron', '--inspect=0', '--remote-debugging-port=0', '/app', '--name', 'A'],
      ['--name', 'A'],
    ],
    ['a desktop file', true, ['hither', '--ozone-platform=wayland', '--enable-features=X'], []],
    ['a link', true, ['hither', '--ozone-platform=x11', 'hither://relay/#AQ'], ['hither://relay/#AQ']],
    ['a mistake', true, ['hither', '--profil', '/p'], ['--profil', '/p']],
    ['nothing', true, ['hither'], []],
  ])('of %s', (_what, isPackaged, argv, expected) => {
    expect(appArguments(argv, isPackaged)).toEqual(expected);
  });
});
