import { describe, expect, it } from 'vitest';
import { flags, readFlags } from '../../../scripts/flags.mjs';
import { readCommandLine } from '../../../src/main/commandLine';

const read = (args: string[], env: NodeJS.ProcessEnv = { LANG: 'en_US.UTF-8' }) =>
  readCommandLine(args, env, '1.2.3');
const options = (...args: string[]) => {
  const outcome = read(args);
  return outcome.kind === 'run' ? outcome.options : null;
};

describe('the command line', () => {
  it('is read, also behind a double dash', () => {
    const args = ['--headless', '--port', '8080', '--profile=/p', '--name', '거실 PC', '--downloads', '/d'];
    args.push('--relay-port', '8790');
    const expected = {
      isHeadless: true,
      port: 8080,
      profileDir: '/p',
      name: '거실 PC',
      downloadsDir: '/d',
      relayPort: 8790,
      opensBrowser: false,
      link: null,
    };
    expect(options(...args, '--no-open')).toEqual(expected);
    expect(options('--', ...args, '--', '--no-open')).toEqual(expected);
  });

  it('asks for nothing by default', () => {
    expect(options()).toMatchObject({
      isHeadless: false,
      port: null,
      name: null,
      downloadsDir: null,
      relayPort: null,
      opensBrowser: true,
    });
  });

  it('takes the last link of ours that it is given, wherever that stands and whatever it says', () => {
    const link = 'hither://relay.example.org/#AQ';
    expect(options(link)).toMatchObject({ link, isHeadless: false });
    expect(options('--headless', 'hither:one', link)).toMatchObject({ link, isHeadless: true });
    expect(options('HITHER:--name')).toMatchObject({ link: 'HITHER:--name', name: null });
    const web = 'https://relay.example.org/#AQ';
    expect(options(link, web)).toMatchObject({ link: web });
    expect(options('--name', link)).toMatchObject({ link: null, name: link });
  });

  // A system puts a stranger's link behind the app's name: what gets out of its quotes must not be a flag.
  it.each([
    ['--headless', 'hither:x', '--headless'],
    ['--', 'hither:x', '--', '--profile=elsewhere'],
    ['--profile=elsewhere', '--name', 'hither:x', 'hither:x', '--profile=elsewhere'],
    ['file.txt', 'hither:x', 'hither:y', 'file.txt'],
    ['--profile=elsewhere', 'http://192.168.0.2:47180/#AQ', '--profile=elsewhere'],
  ])('refuses %s behind a link', (stray, ...args) => {
    const outcome = read(args);
    expect(outcome).toMatchObject({ kind: 'print', exitCode: 2 });
    expect(outcome.kind === 'print' && outcome.text).toContain(`Nothing may stand behind a link: ${stray}`);
  });

  it('puts a link behind everything else, for Electron starts with nothing behind one', () => {
    const ordered = (...args: string[]) => readFlags(args, {}, { isTyped: true }).ordered;
    const flagsAlone = ['--name', 'hither:x', '--headless'];
    expect(ordered('hither:1', '--', ...flagsAlone, 'hither:2')).toEqual([...flagsAlone, 'hither:2']);
    expect(ordered(...flagsAlone)).toEqual(flagsAlone);
  });

  it.each([
    [['https://relay.example.org/'], 'https:'],
    [['ftp://relay.example.org/#AQ'], 'ftp:'],
    [['--bogus'], '--bogus'],
    [['-x'], '-x'],
    [['file.txt'], 'file.txt'],
    [['--port'], '--port N'],
    [['--port', '--headless'], '--port N'],
    [['--port', '70000'], '70000'],
    [['--port', '-1'], '--port'],
    [['--relay-port'], '--relay-port N'],
    [['--relay-port', '65536'], '--relay-port'],
    [['--relay-port=0x10'], '0x10'],
    [['--name='], '--name NAME'],
    [['--headless=yes'], '--headless'],
    [['--__proto__'], '--__proto__'],
  ])('refuses %j and shows the list', (args, named) => {
    const outcome = read(args);
    expect(outcome).toMatchObject({ kind: 'print', exitCode: 2 });
    const text = outcome.kind === 'print' ? outcome.text : '';
    expect(text.split('\n')[0]).toContain(named);
    for (const flag of Object.keys(flags)) expect(text).toContain(`--${flag}`);
  });

  it('answers --help and --version', () => {
    expect(read(['--version'])).toEqual({ kind: 'print', text: '1.2.3', exitCode: 0 });
    expect(read(['--help'])).toMatchObject({ kind: 'print', exitCode: 0 });
  });

  it('speaks the language of the terminal', () => {
    const text = (env: NodeJS.ProcessEnv) => JSON.stringify(read(['--nope'], env));
    expect(text({ LANG: 'ko_KR.UTF-8' })).toContain('알 수 없는 옵션');
    expect(text({ LANG: 'ko_KR.UTF-8', LC_ALL: 'C' })).toContain('Unknown flag');
    expect(text({})).toContain('Unknown flag');
  });
});
