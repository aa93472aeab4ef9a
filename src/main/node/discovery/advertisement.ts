import type { Answer, DecodedPacket, OptAnswer } from 'dns-packet';
import { isIPv4 } from 'node:net';
import type { DeviceInfo } from '../../../shared/device';
import { PROTOCOL_VERSION } from '../../../shared/protocol/version';

/** DNS-SD service type, in the domain of mDNS. */
export const SERVICE = '_hither._tcp.local';
/** What lists the service types there are (RFC 6763 §9). */
const SERVICE_TYPES = '_services._dns-sd._udp.local';
/** How long others may remember a record, in seconds: what names a host less long than the rest (RFC 6762 §10). */
const HOST_TTL_S = 120;
const TTL_S = 4500;
/** Addresses told: with more the packet would not fit one frame, and receivers try no more than six. */
const MAX_TOLD = 8;

/** Which device is where, as told to the network. */
export interface Advertisement {
  device: DeviceInfo;
  port: number;
  /** Best first. */
  addresses: readonly string[];
}

export type MdnsRecord = Exclude<Answer, OptAnswer>;

/** The records of a device. What is its alone replaces what others remember of it (`flush`). */
export function recordsOf({ device, port, addresses }: Advertisement): MdnsRecord[] {
  const host = `hither-${device.deviceId}.local`;
  const instance = `hither-${device.deviceId}.${SERVICE}`;
  const ofHost = { name: host, ttl: HOST_TTL_S, flush: true };
  return [
    { name: SERVICE, type: 'PTR', ttl: TTL_S, data: instance },
    { name: instance, type: 'SRV', ttl: HOST_TTL_S, flush: true, data: { port, target: host } },
    { name: instance, type: 'TXT', ttl: TTL_S, flush: true, data: textOf(device) },
    { name: SERVICE_TYPES, type: 'PTR', ttl: TTL_S, data: SERVICE },
    ...addresses
      .slice(0, MAX_TOLD)
      .map((data): MdnsRecord => ({ ...ofHost, type: isIPv4(data) ? 'A' : 'AAAA', data })),
  ];
}

/** What the TXT record says. Hither uses `id`, and asks the device itself for the rest, at once when `name` is a new one. */
function textOf(device: DeviceInfo): string[] {
  return [
    `id=${device.deviceId}`,
    `name=${device.name}`,
    `platform=${device.platform}`,
    `version=${device.appVersion}`,
    `protocol=${PROTOCOL_VERSION.min}-${PROTOCOL_VERSION.max}`,
  ];
}

/** Whether a query asks for one of these records, and doesn't say that it knows the answer (RFC 6762 §7.1). */
export function isAskedFor(records: readonly MdnsRecord[], query: DecodedPacket): boolean {
  const { questions = [], answers = [] } = query;
  const isKnown = (record: MdnsRecord): boolean =>
    record.type === 'PTR' &&
    answers.some(
      (known) =>
        known.type === 'PTR' &&
        isSameName(known.name, record.name) &&
        isSameName(known.data, record.data) &&
        (known.ttl ?? 0) >= TTL_S / 2,
    );
  return questions.some(({ name, type }) =>
    records.some(
      (record) => isSameName(record.name, name) && ['ANY', record.type].includes(type) && !isKnown(record),
    ),
  );
}

/** Names of the DNS mean the same in capitals. */
export function isSameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
