import { BlockList, isIPv4 } from 'node:net';
import { networkInterfaces as systemInterfaces } from 'node:os';

/** One address of one of this machine's network interfaces, fit to be found at. */
export interface OwnAddress {
  /** The interface's name. */
  name: string;
  family: 'IPv4' | 'IPv6';
  address: string;
  /** Bits of the network part. */
  prefixLength: number;
  /** What to put behind `%` of a link-local IPv6 address on this interface. */
  zone: string;
}

/** Bridges and tunnels of containers and virtual machines: usable, but rarely what a person means. */
const VIRTUAL = /^(docker|br-|veth|virbr|vmnet|vboxnet|lxc|cni|flannel|podman)/;

/** Tunnels, as systems and their makers name them: who is at the other end is seldom who is on this network. */
const TUNNEL = /^(tun|tap|wg|utun|ppp|ipsec|tailscale|zt|zerotier|nordlynx)|wireguard|vpn/i;

/** This machine's addresses that others may reach it at: loopback left out, likely ones first, tunnels last. */
export function ownAddresses(interfaces = systemInterfaces()): OwnAddress[] {
  const own: OwnAddress[] = [];
  for (const [name, addresses = []] of Object.entries(interfaces)) {
    for (const { address, family, internal, cidr, ...rest } of addresses) {
      if (internal || cidr === null) continue;
      // Windows numbers its interfaces in zones, everyone else names them.
      const scopeId = 'scopeid' in rest ? rest.scopeid : 0;
      const zone = process.platform === 'win32' ? String(scopeId) : name;
      own.push({ name, family, address, prefixLength: Number(cidr.split('/')[1]), zone });
    }
  }
  return own.sort((a, b) => rank(a) - rank(b));
}

/** An address without neighbours in its network comes behind those with some: tunnels have such, and machines of clouds. */
function rank({ name, address, family, prefixLength }: OwnAddress): number {
  const byFamily = isIPv4(address) ? (isSelfAssigned(address) ? 2 : 0) : isLinkLocal(address) ? 3 : 1;
  const isAlone = prefixLength === (family === 'IPv4' ? 32 : 128);
  const byName = TUNNEL.test(name) ? 20 : VIRTUAL.test(name) ? 10 : 0;
  return byFamily + (isAlone ? 5 : 0) + byName;
}

/** Whether an IPv6 address means something on one link alone. */
export function isLinkLocal(address: string): boolean {
  return /^fe[89ab][0-9a-f]:/i.test(address);
}

/** Whether an IPv4 address is one that a system gave itself where nobody else did (RFC 3927). */
export function isSelfAssigned(address: string): boolean {
  return isIPv4(address) && address.startsWith('169.254.');
}

/** The networks that these addresses are in. */
export function subnetsOf(own: readonly OwnAddress[]): BlockList {
  const subnets = new BlockList();
  for (const { address, prefixLength, family } of own)
    subnets.addSubnet(address, prefixLength, family === 'IPv4' ? 'ipv4' : 'ipv6');
  return subnets;
}
