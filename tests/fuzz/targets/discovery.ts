import { AUTHORITATIVE_ANSWER, encode } from 'dns-packet';
import { BlockList } from 'node:net';
import { isAskedFor, recordsOf, SERVICE } from '../../../src/main/node/discovery/advertisement';
import { Announcement, readResponse } from '../../../src/main/node/discovery/announcement';
import { readPacket } from '../../../src/main/node/discovery/readPacket';
import { sightedAddresses } from '../../../src/main/node/discovery/sightedAddresses';
import { DeviceInfo } from '../../../src/shared/device';
import { fuzzTarget } from '../fuzzTarget';
import { mutatedBytes, mutatedValue } from '../mutate';
import { device, id } from './samples';

const own = { name: 'eth0', family: 'IPv4', address: '192.168.0.5', zone: 'eth0' };
const subnets = new BlockList();
subnets.addSubnet('192.168.0.0', 16);
const FROM = '192.168.0.9';
const records = recordsOf({
  device: DeviceInfo.parse(device),
  port: 47_117,
  addresses: ['192.168.0.9', 'fe80::1'],
});

/** Packets as they are sent: a question, an announcement, a goodbye. */
const packets = [
  encode({ type: 'query', questions: [{ type: 'PTR', name: SERVICE }] }),
  encode({ type: 'response', flags: AUTHORITATIVE_ANSWER, answers: records }),
  encode({ type: 'response', answers: records.map((record) => ({ ...record, ttl: 0 })) }),
];

function handlePacket(bytes: Uint8Array): void {
  const packet = readPacket(Buffer.from(bytes));
  if (packet === null) return;
  isAskedFor(records, packet);
  for (const announcement of readResponse(packet, FROM).announcements) handleAnnouncement(announcement);
}

function handleAnnouncement(value: unknown): void {
  const announcement = Announcement.safeParse(value);
  if (!announcement.success) return;
  const addresses = sightedAddresses(
    announcement.data,
    own as Parameters<typeof sightedAddresses>[1],
    subnets,
  );
  if (addresses.length > 6) throw new Error('too many addresses');
}

/** What arrives from the network by mDNS. */
export function discoveryTargets() {
  const announcement = { deviceId: id, name: 'x', port: 47_117, addresses: [FROM, 'fe80::1'], from: FROM };
  return [
    fuzzTarget({ name: 'mDNS packets', inputs: mutatedBytes(packets), parse: handlePacket }),
    fuzzTarget({
      name: 'mDNS announcements',
      inputs: mutatedValue([announcement]),
      parse: handleAnnouncement,
    }),
  ];
}
