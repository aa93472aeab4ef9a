import type { Answer, DecodedPacket, SrvAnswer, StringAnswer, TxtAnswer } from 'dns-packet';
import { z } from 'zod';
import { DeviceId } from '../../../shared/device';
import { isSameName, SERVICE } from './advertisement';

/** The part of an announcement that is used; anything on the network may have written it. */
export const Announcement = z.object({
  deviceId: DeviceId,
  /** What the device called itself; a name that is new is a reason to ask for its card. */
  name: z.string().max(256).optional(),
  port: z.int().min(1).max(65_535),
  addresses: z.array(z.string().max(64)).max(64),
  /** The address that it came from. */
  from: z.string().max(64),
});
export type Announcement = z.infer<typeof Announcement>;

/** What a response says: which devices are there, and the ids of those that say goodbye. */
export function readResponse(
  { answers = [], additionals = [] }: DecodedPacket,
  from: string,
): { announcements: Announcement[]; goodbyes: string[] } {
  const records = [...answers, ...additionals];
  const announcements: Announcement[] = [];
  const goodbyes: string[] = [];
  for (const record of records) {
    if (record.type !== 'PTR' || !isSameName(record.name, SERVICE)) continue;
    if (record.ttl === 0) {
      const deviceId = /^hither-([0-9a-f]{32})\./.exec(record.data)?.[1];
      if (deviceId !== undefined) goodbyes.push(deviceId);
    } else {
      const announcement = Announcement.safeParse({ ...readInstance(record.data, records), from });
      if (announcement.success) announcements.push(announcement.data);
    }
  }
  return { announcements, goodbyes };
}

/** What the records of a message say of one instance. A message has few: whoever asks all for each loses no time. */
function readInstance(instance: string, records: readonly Answer[]): Record<string, unknown> {
  const own = records.filter(({ name }) => isSameName(name, instance));
  const service = own.find((record): record is SrvAnswer => record.type === 'SRV')?.data;
  const text = own.find((record): record is TxtAnswer => record.type === 'TXT')?.data ?? [];
  const pairs = [text].flat().map((pair) => String(pair).split(/=(.*)/s, 2));
  const { id, name } = Object.fromEntries(pairs) as Record<string, unknown>;
  const addresses = records
    .filter((record): record is StringAnswer => record.type === 'A' || record.type === 'AAAA')
    .filter((record) => service !== undefined && isSameName(record.name, service.target))
    .map(({ data }) => data);
  return { deviceId: id, name, port: service?.port, addresses };
}
