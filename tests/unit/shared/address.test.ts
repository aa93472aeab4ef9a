import { describe, expect, it } from 'vitest';
import { bareAddress, formatLanAddress, isPublicHost } from '../../../src/shared/address';

describe('an address as people read it', () => {
  it.each([
    ['10.0.0.1', '10.0.0.1:47117'],
    ['nas.local', 'nas.local:47117'],
    ['fd00::2', '[fd00::2]:47117'],
    ['fe80::1%eth0', '[fe80::1]:47117'],
  ])('%s is %s', (host, text) => {
    expect(formatLanAddress({ host, port: 47_117 })).toBe(text);
  });
});

describe('the other end of a socket', () => {
  it('is named without zone and without the IPv6 wrapping of IPv4', () => {
    expect(bareAddress('::ffff:192.168.0.1')).toBe('192.168.0.1');
    expect(bareAddress('fe80::1%eth0')).toBe('fe80::1');
    expect(bareAddress('::ffff:c0a8:1')).toBe('::ffff:c0a8:1');
    expect(bareAddress(undefined)).toBe('');
  });
});

describe('a host of the internet', () => {
  it.each(['8.8.8.8', '100.128.0.1', '[2001:db8::1]', 'relay.example', 'a.b.example.', '172.32.0.1'])(
    '%s may be one',
    (host) => {
      expect(isPublicHost(host)).toBe(true);
    },
  );
  it.each([
    '10.1.2.3',
    '100.64.0.1',
    '198.18.0.1',
    '255.255.255.255',
    '[fe80::1]',
    '[::ffff:808:808]',
    'nas',
    'a.lan',
  ])('%s is none', (host) => {
    expect(isPublicHost(host)).toBe(false);
  });
});
