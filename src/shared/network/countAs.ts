import { networkOf } from './networkOf';

/** How many times the limit of one address a /64 network of this machine's own has: whoever is in it can have any address there. */
const NETWORK_SHARE = 3;
/** How often it is looked which networks this machine is in, in ms. */
const LOOK_MS = 10_000;
/** That of every link (RFC 4291 §2.5.6): who has such an address is a neighbour. */
const LINK_LOCAL = networkOf('fe80::');

/** One thing that a limit counts an address as. */
export interface Counted {
  readonly name: string;
  /** How many times the limit of an address it has. */
  readonly share: number;
}

/** What limits count an address as; each of them has to have room. The first is the narrowest. */
export type CountAs = (address: string) => readonly [Counted, ...Counted[]];

/** An IPv4 address, or a /64 of IPv6: on the internet one machine has that to itself. */
export const byNetwork: CountAs = (address) => [{ name: networkOf(address), share: 1 }];

/**
 * The same, but in a /64 of IPv6 that this machine is in itself each address, and all of them with a wider limit: those are its
 * neighbours, of whom none is to use up what the others need.
 * @param ownAddresses of this machine, now
 * @param now a clock in ms that never goes back
 */
export function byNeighbour(
  ownAddresses: () => readonly string[],
  now: () => number = () => performance.now(),
): CountAs {
  let own = new Set<string>();
  let lookedMs = Number.NEGATIVE_INFINITY;
  const isOwn = (network: string): boolean => {
    if (now() - lookedMs >= LOOK_MS) {
      own = new Set([LINK_LOCAL, ...ownAddresses().map(networkOf)]);
      lookedMs = now();
    }
    return own.has(network);
  };
  return (address) => {
    const network = networkOf(address);
    if (!address.includes(':') || !isOwn(network)) return byNetwork(address);
    return [
      { name: address, share: 1 },
      { name: network, share: NETWORK_SHARE },
    ];
  };
}
