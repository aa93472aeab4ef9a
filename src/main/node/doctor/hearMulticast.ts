import { encode } from 'dns-packet';
import { randomBytes } from 'node:crypto';
import type { BlockList } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MeasuredMulticast } from '../../../backend/doctor/measurements';
import type { LanAddress } from '../../../shared/address';
import { SERVICE } from '../discovery/advertisement';
import { readResponse } from '../discovery/announcement';
import { onePerInterface } from '../discovery/Mdns';
import { MDNS_GROUP, MDNS_PORT, openMulticastSocket } from '../discovery/openMulticastSocket';
import { readPacket } from '../discovery/readPacket';
import { sightedAddresses } from '../discovery/sightedAddresses';
import { type OwnAddress, subnetsOf } from '../net/networkInterfaces';

/** How long answers may take, in ms: devices wait up to 120 ms with theirs, and a packet may get lost. */
const LISTEN_MS = 2_000;
/** Devices that are looked at. */
const MAX_DEVICES = 64;

/** A device that announced itself, with where it may be, best first. */
export interface HeardDevice {
  deviceId: string;
  name: string;
  addresses: LanAddress[];
}

export interface Heard {
  multicast: MeasuredMulticast[];
  devices: HeardDevice[];
}

/**
 * Asks the group of mDNS on every interface who is there. The question has a name of its own for each interface, so that it is known
 * again when the system brings it back.
 * @param ownId left out of the devices
 */
export async function hearMulticast(
  own: readonly OwnAddress[],
  ownId: string | null,
  listenMs = LISTEN_MS,
): Promise<Heard> {
  const devices = new Map<string, HeardDevice>();
  const subnets = subnetsOf(own);
  const on = [...onePerInterface(own).values()];
  const multicast = await Promise.all(on.map((each) => hearOn(each, subnets, devices, listenMs)));
  if (ownId !== null) devices.delete(ownId);
  return { multicast, devices: [...devices.values()] };
}

async function hearOn(
  own: OwnAddress,
  subnets: BlockList,
  devices: Map<string, HeardDevice>,
  listenMs: number,
): Promise<MeasuredMulticast> {
  const { family, name } = own;
  const mark = `hither-doctor-${randomBytes(8).toString('hex')}.local`;
  let isHeard = false;
  try {
    const socket = await openMulticastSocket(own);
    socket.on('error', () => undefined);
    socket.on('message', (bytes, from) => {
      const packet = from.port === MDNS_PORT ? readPacket(bytes) : null;
      if (packet === null) return;
      if (packet.type === 'query') isHeard ||= packet.questions?.some((each) => each.name === mark) === true;
      else
        for (const announcement of readResponse(packet, from.address).announcements) {
          const { deviceId, name: called = '' } = announcement;
          if (devices.size >= MAX_DEVICES || devices.has(deviceId)) continue;
          devices.set(deviceId, {
            deviceId,
            name: called,
            addresses: sightedAddresses(announcement, own, subnets),
          });
        }
    });
    const questions = [
      { type: 'PTR' as const, name: SERVICE },
      { type: 'PTR' as const, name: mark },
    ];
    // Twice: either may get lost.
    for (const pauseMs of [listenMs / 4, (listenMs * 3) / 4]) {
      socket.send(encode({ type: 'query', questions }), MDNS_PORT, MDNS_GROUP[family], () => undefined);
      await sleep(pauseMs);
    }
    socket.close();
    return { name, family, word: null, isHeard };
  } catch (error) {
    return { name, family, word: (error as NodeJS.ErrnoException).code ?? 'unknown', isHeard: false };
  }
}
