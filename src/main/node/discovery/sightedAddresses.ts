import { isIP, isIPv4, type BlockList } from 'node:net';
import type { Announcement } from './announcement';
import { isLinkLocal, type OwnAddress } from '../net/networkInterfaces';
import { bareAddress, type LanAddress } from '../../../shared/address';

/** Addresses remembered of one device. */
const MAX_ADDRESSES = 6;

/**
 * Where an announced device may be asked for its card, best first: where the announcement came from, and what it
 * names inside our own networks. Elsewhere we don't go: an announcement must not send us to strangers' machines.
 */
export function sightedAddresses(
  { from, addresses, port }: Announcement,
  own: OwnAddress,
  subnets: BlockList,
): LanAddress[] {
  const source = isLinkLocal(from) ? `${bareAddress(from)}%${own.zone}` : from;
  const named = addresses
    .filter((address) => isIP(address) !== 0)
    .filter((address) => isLinkLocal(address) || subnets.check(address, isIPv4(address) ? 'ipv4' : 'ipv6'))
    .map((address) => (isLinkLocal(address) ? `${address}%${own.zone}` : address));
  return mergeAddresses(
    [],
    [source, ...named].map((host) => ({ host, port })),
  );
}

/**
 * Two lists as one: what was seen now before what is known from earlier, in each IPv4 before IPv6 before link-local, and
 * no more than are worth trying.
 */
export function mergeAddresses(known: readonly LanAddress[], seen: readonly LanAddress[]): LanAddress[] {
  const byKey = new Map<string, LanAddress>();
  for (const address of [...seen.toSorted(byRank), ...known.toSorted(byRank)]) {
    const key = `${address.host} ${address.port}`;
    if (!byKey.has(key)) byKey.set(key, address);
  }
  return [...byKey.values()].slice(0, MAX_ADDRESSES);
}

/** Negative where the first of two addresses is the better kind to be reached at. */
export function byRank(a: LanAddress, b: LanAddress): number {
  return rank(a) - rank(b);
}

function rank({ host }: LanAddress): number {
  if (isIPv4(host)) return host.startsWith('127.') ? 3 : 0;
  return isLinkLocal(host) ? 2 : 1;
}
