/** Darwin of macOS 14.2, the first with CoreAudio taps, by which Chromium takes the sound of the computer there. */
const FIRST_DARWIN = [23, 2] as const;

/** Chromium's feature that gives the monitor of PulseAudio's (or PipeWire's) default speaker with a screen; off by itself. */
const LINUX_FEATURE = 'PulseaudioLoopbackForScreenShare';

/**
 * Whether this system can give the sound of the computer with a screen: Windows, macOS from 14.2 on, and Linux, which says only when it is
 * asked whether it has a sound server.
 * @param release of the kernel, as `os.release` has it
 */
export function canShareSound(platform: NodeJS.Platform, release: string): boolean {
  if (platform === 'win32' || platform === 'linux') return true;
  if (platform !== 'darwin') return false;
  const [major = 0, minor = 0] = release.split('.').map(Number);
  return major > FIRST_DARWIN[0] || (major === FIRST_DARWIN[0] && minor >= FIRST_DARWIN[1]);
}

/** The part of Electron's `app.commandLine` in use. */
interface CommandLinePort {
  getSwitchValue: (name: string) => string;
  appendSwitch: (name: string, value: string) => void;
}

/** Has Chromium give the sound where that takes a feature; to be called before the app is ready. Features that were asked for stay. */
export function enableComputerSound(commandLine: CommandLinePort, platform: NodeJS.Platform): void {
  if (platform !== 'linux') return;
  const asked = commandLine.getSwitchValue('enable-features');
  commandLine.appendSwitch('enable-features', asked === '' ? LINUX_FEATURE : `${asked},${LINUX_FEATURE}`);
}
