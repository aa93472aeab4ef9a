import { BlockList, isIP } from 'node:net';

const near = new BlockList();
// RFC 1122 (loopback), 1918 (private), 6598 (carrier's NAT), 3927 (link-local), 4291 and 4193.
near.addSubnet('127.0.0.0', 8, 'ipv4');
near.addSubnet('10.0.0.0', 8, 'ipv4');
near.addSubnet('172.16.0.0', 12, 'ipv4');
near.addSubnet('192.168.0.0', 16, 'ipv4');
near.addSubnet('100.64.0.0', 10, 'ipv4');
near.addSubnet('169.254.0.0', 16, 'ipv4');
near.addAddress('::1', 'ipv6');
near.addSubnet('fe80::', 10, 'ipv6');
near.addSubnet('fc00::', 7, 'ipv6');

/** Whether an address, IPv4 unwrapped, is of this machine or of a network that the internet does not reach. */
export function isPrivateAddress(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && near.check(address, family === 4 ? 'ipv4' : 'ipv6');
}
