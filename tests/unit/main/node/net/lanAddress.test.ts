import { describe, expect, it } from 'vitest';
import { parseLanAddress } from '../../../../../src/main/node/net/lanAddress';
import { formatLanAddress } from '../../../../../src/shared/address';
import { LAN_PORT } from '../../../../../src/shared/protocol/lan';

describe('an address as a person types it', () => {
  it.each([
    ['192.168.0.12', '192.168.0.12', LAN_PORT],
    [' 192.168.0.12:5000 ', '192.168.0.12', 5000],
    ['Laptop.local', 'laptop.local', LAN_PORT],
    ['my_nas:81', 'my_nas', 81],
    ['한국.kr', 'xn--3e0b707e.kr', LAN_PORT],
    ['fd00::2', 'fd00::2', LAN_PORT],
    ['[fd00::2]', 'fd00::2', LAN_PORT],
    ['[fe80::1%eth0]:47118', 'fe80::1%eth0', 47_118],
  ])('%s is understood', (text, host, port) => {
    expect(parseLanAddress(text)).toEqual({ host, port });
  });

  it.each([
    '',
    'a b',
    'http://host',
    'host:port',
    'host:0',
    'host:65536',
    '1.2.3',
    '1.2.3.4.5',
    '999.1.1.1',
    '0x7f.1',
    '[1.2.3.4]',
    '[fd00::2',
    'fd00::2]:1',
    '-host',
    'host/path',
    'user@host',
    'a'.repeat(64),
  ])('%s is refused', (text) => {
    expect(() => parseLanAddress(text)).toThrow(expect.objectContaining({ code: 'bad-address' }));
  });

  it('comes back from its written form', () => {
    for (const text of ['10.0.0.1:47117', '[fd00::2]:47118', 'nas.local:80'])
      expect(formatLanAddress(parseLanAddress(text))).toBe(text);
  });
});
