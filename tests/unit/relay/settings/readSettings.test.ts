import { describe, expect, it } from 'vitest';
import { makeLaneIdentity } from '../../../../src/main/node/lanes/certificate';
import { flags, helpText, variableOf } from '../../../../src/relay/settings/flags';
import { readSettings, type SettingsOutcome } from '../../../../src/relay/settings/readSettings';
import { DEFAULT_SETTINGS, type RelaySettings } from '../../../../src/relay/settings/RelaySettings';

const SECRET = 'sixteen letters or more';
const [own, other] = [makeLaneIdentity(), makeLaneIdentity()];
const files: Record<string, string> = {
  'cert.pem': own.certificatePem,
  'key.pem': own.keyPem,
  'other.pem': other.keyPem,
  'text.pem': 'hello',
};

function read(args: readonly string[], env: Record<string, string> = {}): SettingsOutcome {
  return readSettings(args, env, (path) => {
    const text = files[path];
    if (text === undefined) throw Object.assign(new Error(), { code: 'ENOENT' });
    return text;
  });
}

function settings(args: readonly string[], env: Record<string, string> = {}): RelaySettings {
  const outcome = read(args, env);
  if (outcome.kind !== 'run') throw new Error(JSON.stringify(outcome));
  return outcome.settings;
}

function problems(args: readonly string[], env: Record<string, string> = {}): readonly string[] {
  const outcome = read(args, env);
  return outcome.kind === 'wrong' ? outcome.problems : [];
}

describe('settings of a relay', () => {
  it('are the defaults where nothing is said', () => {
    expect(settings([])).toEqual(DEFAULT_SETTINGS);
    expect(settings([], { PATH: '/bin', HITHER_RELAY_PORT: '' })).toEqual(DEFAULT_SETTINGS);
  });

  it('come from flags and variables, flags first', () => {
    const env = { HITHER_RELAY_PORT: '1', HITHER_RELAY_HOST: '127.0.0.1' };
    expect(settings(['--port', '2'], env)).toMatchObject({ port: 2, host: '127.0.0.1' });
    expect(settings(['--', '--base-path=/a/b/', '--trust-proxy', '2'])).toMatchObject({
      basePath: '/a/b',
      trustedProxies: 2,
    });
    expect(settings(['--away-seconds', '5']).mailboxes.awayMs).toBe(5_000);
    expect(settings(['--waiting-megabytes', '3']).mailboxes.waitingBytesInAll).toBe(3 * 2 ** 20);
    expect(settings(['--max-members', '7']).limits.maxMembers).toBe(7);
  });

  it('have several TURN servers by repeated flags, or in one variable', () => {
    const [one, two] = ['turn:a.example:3478', 'turns:b.example:5349?transport=tcp'];
    const fromFlags = settings(['--turn-url', one, '--turn-url', two, '--turn-secret', SECRET]);
    expect(fromFlags.turn).toEqual({ urls: [one, two], secret: SECRET, ttlS: 900 });
    const env = { HITHER_RELAY_TURN_URL: `${one}, ${two}`, HITHER_RELAY_TURN_SECRET: SECRET };
    expect(settings([], env).turn).toEqual(fromFlags.turn);
  });

  it('have a certificate with its own key', () => {
    expect(settings(['--tls-cert', 'cert.pem', '--tls-key', 'key.pem']).tls).toEqual({
      cert: files['cert.pem'],
      key: files['key.pem'],
    });
  });

  const turn = ['--turn-url', 'turn:a.example:3478'];
  it.each([
    [['--prot=1'], 'no flag --prot'],
    [['serve'], 'no flag serve'],
    [['--port'], '--port needs a value'],
    [['--host', '--port=1'], '--host needs a value'],
    [['--port', '1', '--port', '2'], '--port can be given only once'],
    [['--port', '70000'], '--port takes a whole number from 0 to 65535, not 70000'],
    [['--port', '-1'], '--port takes a whole number'],
    [['--trust-proxy', 'yes'], '--trust-proxy takes a whole number'],
    [['--base-path', 'relay'], '--base-path begins with a slash'],
    [['--base-path', '/a/../b?c'], '--base-path begins with a slash'],
    [['--host', '[::]:80'], '--host is an address or a name'],
    [['--tls-cert', 'cert.pem'], '--tls-cert needs its key'],
    [['--tls-key', 'key.pem'], '--tls-key needs its certificate'],
    [['--tls-cert', 'none.pem', '--tls-key', 'key.pem'], "none.pem can't be read (ENOENT)"],
    [['--tls-cert', 'cert.pem', '--tls-key', 'other.pem'], 'not the key of the certificate'],
    [['--tls-cert', 'text.pem', '--tls-key', 'key.pem'], 'both PEM'],
    [['--public-url', 'relay.example'], '--public-url is an address'],
    [['--public-url', 'ftp://relay.example'], '--public-url is an address'],
    [['--public-url', 'http://relay.example'], 'must be https://'],
    [['--public-url', 'https://relay.example'], 'who speaks TLS'],
    [['--public-url', 'http://10.0.0.1/?a'], 'no user, no query'],
    [turn, '--turn-url needs the secret'],
    [['--turn-secret', SECRET], 'mean nothing without --turn-url'],
    [[...turn, '--turn-secret', 'short'], '--turn-secret has at least 16 characters'],
    [['--turn-url', 'http://a', '--turn-secret', SECRET], '--turn-url is like'],
    [['--stun-url', 'turn:a.example'], '--stun-url is like'],
    [['--redis-url', 'http://a'], '--redis-url begins with redis://'],
    [['--redis-prefix', 'a:'], '--redis-prefix means nothing'],
    [['--redis-url', 'redis://a', '--redis-prefix', 'a b'], '--redis-prefix has 1 to 64'],
    [['--metrics-token', 'short'], '--metrics-token has at least'],
    [['--log-level', 'loud'], '--log-level is debug'],
    [['--waiting-bytes', '2048'], '--waiting-bytes must hold a frame'],
    [['--bytes-per-second', '1024'], '--bytes-per-second must be at least'],
    [['--waiting-bytes', '9000000', '--waiting-megabytes', '1'], '--waiting-megabytes must hold'],
    [
      ['--waiting-bytes', '9000000', '--waiting-megabytes-per-address', '8'],
      '--waiting-megabytes-per-address',
    ],
  ])('%j is refused in words', (args, words) => {
    expect(problems(args)).toEqual([expect.stringContaining(words)]);
  });

  it('tell every mistake at once, those in variables too', () => {
    const env = { HITHER_RELAY_TURN_SECERT: 'x', HITHER_RELAY_HOST: '127.0.0.1' };
    expect(problems(['--port', 'x', ...turn], env)).toEqual([
      'There is no variable HITHER_RELAY_TURN_SECERT.',
      expect.stringContaining('--port'),
      expect.stringContaining('--turn-url needs'),
    ]);
  });

  it('are explained', () => {
    expect(read(['--port', 'x', '--help'])).toEqual({ kind: 'help' });
    for (const name of Object.keys(flags)) expect(helpText()).toContain(`--${name}`);
    expect(variableOf('base-path')).toBe('HITHER_RELAY_BASE_PATH');
  });

  it.each(['http://192.168.0.2:47180', 'http://[fd00::1]/', 'http://relay.local', 'http://localhost'])(
    'let %s do without TLS',
    (url) => {
      expect(settings(['--public-url', url]).publicUrl).toBe(url);
    },
  );
});
