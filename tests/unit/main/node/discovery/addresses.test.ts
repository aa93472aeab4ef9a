import { describe, expect, it } from 'vitest';
import { ownAddresses, subnetsOf } from '../../../../../src/main/node/net/networkInterfaces';
import { mergeAddresses, sightedAddresses } from '../../../../../src/main/node/discovery/sightedAddresses';

const info = (address: string, cidr: string | null, internal = false) => ({
  address,
  cidr,
  internal,
  family: address.includes(':') ? ('IPv6' as const) : ('IPv4' as const),
  netmask: '',
  mac: '',
  scopeid: 3,
});
const interfaces = {
  lo: [info('127.0.0.1', '127.0.0.1/8', true)],
  docker0: [info('172.17.0.1', '172.17.0.1/16')],
  eth0: [
    info('fe80::1', 'fe80::1/64'),
    info('fd00::2', 'fd00::2/64'),
    info('192.168.0.2', '192.168.0.2/24'),
    info('10.9.9.9', null),
  ],
} as unknown as Parameters<typeof ownAddresses>[0];
const own = ownAddresses(interfaces);
const eth0 = own[0]!;

describe('own addresses', () => {
  it('leave loopback out and put the likely ones first', () => {
    expect(own.map(({ address }) => address)).toEqual(['192.168.0.2', 'fd00::2', 'fe80::1', '172.17.0.1']);
  });

  it('put tunnels last, and before them networks of containers and addresses without neighbours', () => {
    const mixed = {
      tailscale0: [info('100.100.0.2', '100.100.0.2/32')],
      wg0: [info('10.8.0.2', '10.8.0.2/24')],
      'My VPN': [info('10.7.0.2', '10.7.0.2/24')],
      docker0: [info('172.17.0.1', '172.17.0.1/16')],
      leased: [info('fd00::7', 'fd00::7/128'), info('10.1.0.2', '10.1.0.2/32')],
      eth0: [info('169.254.3.4', '169.254.3.4/16'), info('fd00::2', 'fd00::2/64')],
    } as unknown as Parameters<typeof ownAddresses>[0];
    expect(ownAddresses(mixed).map(({ address }) => address)).toEqual([
      ...['fd00::2', '169.254.3.4', '10.1.0.2', 'fd00::7', '172.17.0.1'],
      ...['10.8.0.2', '10.7.0.2', '100.100.0.2'],
    ]);
  });
});

describe('the addresses of an announcement', () => {
  const sighted = (from: string, addresses: string[]) =>
    sightedAddresses({ deviceId: '', name: '', port: 9, addresses, from }, eth0, subnetsOf(own)).map(
      ({ host }) => host,
    );

  it('are its sender and what it names inside our networks, and nowhere else', () => {
    const named = [
      '192.168.0.7',
      '8.8.8.8',
      '127.0.0.1',
      'fd00::7',
      '2001:db8::1',
      'evil.example',
      '192.168.1.7',
    ];
    expect(sighted('192.168.0.7', named)).toEqual(['192.168.0.7', 'fd00::7']);
  });

  it('carry the zone they were heard in where they mean nothing without', () => {
    expect(sighted('fe80::9%eth0', ['fe80::8'])).toEqual(['fe80::9%eth0', 'fe80::8%eth0']);
  });

  it('come in the order of their age, then of their kind', () => {
    const list = (...hosts: string[]) => hosts.map((host) => ({ host, port: 9 }));
    const merged = mergeAddresses(list('fd00::1', '10.0.0.1', '10.0.0.2'), list('fe80::1%eth0', '10.0.0.2'));
    expect(merged).toEqual(list('10.0.0.2', 'fe80::1%eth0', '10.0.0.1', 'fd00::1'));
  });

  it('stay few', () => {
    const many = [...Array(40).keys()].map((n) => ({ host: `192.168.0.${n}`, port: 9 }));
    expect(mergeAddresses(many, [{ host: '192.168.0.99', port: 9 }])).toHaveLength(6);
    expect(mergeAddresses(many, [{ host: '192.168.0.99', port: 9 }])[0]?.host).toBe('192.168.0.99');
  });
});
