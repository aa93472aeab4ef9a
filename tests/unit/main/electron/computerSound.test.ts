import { describe, expect, it } from 'vitest';
import { canShareSound, enableComputerSound } from '../../../../src/main/electron/capture/computerSound';

describe('the sound of the computer', () => {
  it.each<[NodeJS.Platform, string, boolean]>([
    ['win32', '10.0.19045', true],
    ['linux', '6.1.0-18-amd64', true],
    ['darwin', '22.6.0', false],
    ['darwin', '23.1.0', false],
    ['darwin', '23.2.0', true],
    ['darwin', '24.0.0', true],
    ['freebsd', '14.1', false],
  ])('on %s %s can be had: %s', (platform, release, isPossible) => {
    expect(canShareSound(platform, release)).toBe(isPossible);
  });

  it.each<[NodeJS.Platform, string, string[]]>([
    ['linux', '', ['enable-features=PulseaudioLoopbackForScreenShare']],
    [
      'linux',
      'WaylandWindowDecorations',
      ['enable-features=WaylandWindowDecorations,PulseaudioLoopbackForScreenShare'],
    ],
    ['win32', '', []],
    ['darwin', '', []],
  ])(
    'takes a feature on Linux alone, beside those that were asked for (%s, %j)',
    (platform, asked, switches) => {
      const appended: string[] = [];
      const commandLine = {
        getSwitchValue: () => asked,
        appendSwitch: (name: string, value: string) => void appended.push(`${name}=${value}`),
      };
      enableComputerSound(commandLine, platform);
      expect(appended).toEqual(switches);
    },
  );
});
