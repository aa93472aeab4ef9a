import { describe, expect, it } from 'vitest';
import { coturnConfig } from '../../../src/relay/coturn/coturnConfig';
import { readSettings } from '../../../src/relay/settings/readSettings';

const SECRET = ['--turn-secret', 'sixteen-letters!'];

/** The lines that the program prints for these flags, or what it says is wrong. */
function printed(...flags: string[]): readonly string[] {
  const outcome = readSettings(flags, {});
  if (outcome.kind !== 'run') return outcome.kind === 'wrong' ? outcome.problems : [];
  return coturnConfig(outcome.settings).split('\n');
}

describe('the configuration of a coturn', () => {
  it('has the ports, realm and secret that members are told', () => {
    const lines = printed(
      '--turn-url',
      'turn:relay.example.org',
      '--turn-url',
      'turn:relay.example.org:3478?transport=tcp',
      ...SECRET,
    );
    for (const line of [
      'listening-port=3478',
      'realm=relay.example.org',
      'static-auth-secret=sixteen-letters!',
      'no-tls',
    ])
      expect(lines).toContain(line);
    const other = printed(
      '--public-url',
      'http://10.0.0.7:47180',
      '--turn-url',
      'turn:[2001:db8::1]:99',
      ...SECRET,
    );
    expect(other).toContain('realm=10.0.0.7');
    expect(other).toContain('listening-port=99');
  });

  it('lets nobody in without credentials, and leads to no private network', () => {
    const lines = printed('--turn-url', 'turn:a.example', ...SECRET);
    for (const line of [
      ...['use-auth-secret', 'no-cli', 'no-tcp-relay', 'no-multicast-peers', 'fingerprint'],
      ...['127.0.0.0-127.255.255.255', '10.0.0.0-10.255.255.255', '100.64.0.0-100.127.255.255', '::1'].map(
        (range) => `denied-peer-ip=${range}`,
      ),
    ])
      expect(lines).toContain(line);
    expect(lines.filter((line) => line.startsWith('allowed-peer-ip'))).toEqual([]);
    // coturn takes this one for every address there is.
    expect(lines).not.toContain('denied-peer-ip=::');
  });

  it('has TLS where an address asks for it, and then its files', () => {
    const tls = ['--turn-url', 'turns:a.example', ...SECRET];
    expect(() => printed(...tls)).toThrow('--turn-cert and --turn-key');
    const lines = printed(...tls, '--turn-cert', '/c.pem', '--turn-key', '/k.pem');
    for (const line of ['tls-listening-port=5349', 'cert=/c.pem', 'pkey=/k.pem', 'no-udp', 'no-tcp'])
      expect(lines).toContain(line);
    expect(lines).not.toContain('no-tls');
  });

  it('says what can’t be', () => {
    expect(() => printed()).toThrow('--turn-url');
    expect(() => printed('--turn-url', 'turn:a:1', '--turn-url', 'turn:a:2', ...SECRET)).toThrow('1 and 2');
    const turn = ['--turn-url', 'turn:a.example', ...SECRET];
    expect(printed(...turn, '--turn-ports', '70-x')).toEqual(['--turn-ports is like 49160-49759.']);
    expect(printed(...turn, '--turn-ports', '50000-49000')).toEqual([
      '--turn-ports are from 1024 to 65535, the lower one first.',
    ]);
    expect(printed(...turn, '--turn-cert', '/c.pem')).toEqual(['--turn-cert and --turn-key go together.']);
    expect(printed(...turn, '--turn-external-ip', 'relay.example.org')[0]).toContain('--turn-external-ip');
    expect(printed(...turn, '--turn-allowed-peer', '10.0.0.0/8')[0]).toContain('--turn-allowed-peer');
    expect(
      printed(
        ...turn,
        '--turn-external-ip',
        '198.51.100.7/10.0.0.7',
        '--turn-allowed-peer',
        '10.0.0.0-10.0.0.9',
      ),
    ).toEqual(
      expect.arrayContaining(['external-ip=198.51.100.7/10.0.0.7', 'allowed-peer-ip=10.0.0.0-10.0.0.9']),
    );
  });
});
