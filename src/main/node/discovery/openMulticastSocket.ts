import { createSocket, type Socket } from 'node:dgram';
import type { OwnAddress } from '../net/networkInterfaces';

export const MDNS_PORT = 5353;
/** The groups of mDNS (RFC 6762 §3). */
export const MDNS_GROUP = { IPv4: '224.0.0.251', IPv6: 'ff02::fb' } as const;
/** A DNS message with nothing in it; every responder ignores it. */
const EMPTY_QUERY = Buffer.alloc(12);

/** What the dgram calls name an interface by: its address, or for IPv6 its zone. */
function multicastInterface({ family, address, zone }: OwnAddress): string {
  return family === 'IPv4' ? address : `::%${zone}`;
}

/**
 * A socket that sends and receives mDNS on one interface. Bound to the wildcard address, since Linux gives a socket
 * bound to a unicast address no multicast. Other programs of the machine share the port.
 * @throws Error of the system if the port, the group or the network refuses
 */
export async function openMulticastSocket(own: OwnAddress): Promise<Socket> {
  const isV4 = own.family === 'IPv4';
  const socket = createSocket({ type: isV4 ? 'udp4' : 'udp6', reuseAddr: true, ipv6Only: !isV4 });
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.bind({ port: MDNS_PORT, address: isV4 ? '0.0.0.0' : '::' }, () => {
        socket.off('error', reject);
        resolve();
      });
    });
    socket.addMembership(MDNS_GROUP[own.family], multicastInterface(own));
    socket.setMulticastInterface(multicastInterface(own));
    socket.setMulticastTTL(255);
    // Other instances on this machine are devices too.
    socket.setMulticastLoopback(true);
    // A firewall that drops multicast shows here and nowhere else: later errors of sending mean nothing.
    await new Promise<void>((resolve, reject) => {
      socket.send(EMPTY_QUERY, MDNS_PORT, MDNS_GROUP[own.family], (error) => {
        if (error) reject(error);
        else resolve();
      });
    });
    return socket;
  } catch (error) {
    socket.close();
    throw error;
  }
}
