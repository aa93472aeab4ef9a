import { BlockList, isIP, isIPv6 } from 'node:net';
import { bareAddress, type LanAddress } from '../../../shared/address';

/** This machine itself, everyone at once, and nobody: a peer could have us knock at doors of our own. */
const NOT_A_PEER = new BlockList();
NOT_A_PEER.addSubnet('0.0.0.0', 8, 'ipv4');
NOT_A_PEER.addSubnet('127.0.0.0', 8, 'ipv4');
NOT_A_PEER.addSubnet('224.0.0.0', 3, 'ipv4');
NOT_A_PEER.addSubnet('::', 127, 'ipv6');
NOT_A_PEER.addSubnet('fe80::', 10, 'ipv6');
NOT_A_PEER.addSubnet('ff00::', 8, 'ipv6');
/** Ports below belong to a machine's services; a lane's is one that the system picks. */
const FIRST_PORT = 1024;

/** Whether an address that a peer names may be another machine's. Link-local IPv6 means nothing without its zone. */
function isPeerAddress(address: string): boolean {
  const bare = bareAddress(address);
  return isIP(bare) !== 0 && !NOT_A_PEER.check(bare, isIPv6(bare) ? 'ipv6' : 'ipv4');
}

/** The addresses of a peer's offer that are worth a try; names are not looked up. */
export function dialable(
  addresses: readonly string[],
  port: number,
  mayDial: (address: string) => boolean = isPeerAddress,
): LanAddress[] {
  if (port < FIRST_PORT) return [];
  return [...new Set(addresses)].filter((address) => mayDial(address)).map((host) => ({ host, port }));
}
