import { type Answer, decode, type DecodedPacket, encode, type Packet } from 'dns-packet';
import { describe, expect, it } from 'vitest';
import { isAskedFor, recordsOf } from '../../../../../src/main/node/discovery/advertisement';
import { readResponse } from '../../../../../src/main/node/discovery/announcement';
import type { DeviceInfo } from '../../../../../src/shared/device';

const deviceId = '0123456789abcdef'.repeat(2);
const device: DeviceInfo = { deviceId, name: 'Ännchen = 1', platform: 'linux', appVersion: '0.1.0' };
const addresses = ['192.168.0.7', 'fe80::7'];
const records = recordsOf({ device, port: 47_117, addresses });
const FROM = '192.168.0.7';

/** As it arrives. */
const sent = (packet: Packet): DecodedPacket => decode(encode(packet));
const read = (answers: Answer[], additionals: Answer[] = []) =>
  readResponse(sent({ type: 'response', answers, additionals }), FROM);
const announcement = { deviceId, name: device.name, port: 47_117, addresses, from: FROM };
const [pointer, ...others] = records;
const service = '_hither._tcp.local';
const instance = `hither-${deviceId}.${service}`;

describe('an announcement', () => {
  it('says to others what it was told', () => {
    expect(read(records)).toEqual({ announcements: [announcement], goodbyes: [] });
  });

  it('is read as other responders write it: details beside the answer, names in capitals', () => {
    const shouted = others.map((record) => ({ ...record, name: record.name.toUpperCase() }));
    expect(read([pointer!], shouted).announcements).toEqual([announcement]);
  });

  it('fits one frame, however many addresses the device has', () => {
    const many = [...Array(50).keys()].map((n) => `fd00:1234:5678:9abc:def0:1234:5678:${n}`);
    const longest = { ...device, name: '한'.repeat(40), appVersion: '0.1.0-'.padEnd(37, 'x') };
    const answers = recordsOf({ device: longest, port: 1, addresses: many });
    expect(encode({ type: 'response', answers }).length).toBeLessThan(1440);
  });

  it('says goodbye when nothing of it lasts', () => {
    const gone = records.map((record) => ({ ...record, ttl: 0 }));
    expect(read(gone)).toEqual({ announcements: [], goodbyes: [deviceId] });
  });

  it('keeps only what is its own in others’ memories', () => {
    const flushing = records.filter(({ flush }) => flush === true).map(({ type }) => type);
    expect(flushing).toEqual(['SRV', 'TXT', 'A', 'AAAA']);
  });

  it('is none without a port, an id or a service of ours', () => {
    expect(read([pointer!]).announcements).toEqual([]);
    expect(read(records.filter(({ type }) => type !== 'TXT')).announcements).toEqual([]);
    expect(read(recordsOf({ device, port: 0, addresses })).announcements).toEqual([]);
    expect(read(others).announcements).toEqual([]);
    const forged: Answer = { type: 'PTR', name: service, ttl: 0, data: `somebody.${service}` };
    expect(read([forged])).toEqual({ announcements: [], goodbyes: [] });
  });
});

describe('a question', () => {
  const asks = (type: string, name: string, answers: Answer[] = []) =>
    isAskedFor(records, sent({ type: 'query', questions: [{ type: type as 'A', name }], answers }));

  it('is answered by the device that it is about', () => {
    expect(asks('PTR', service)).toBe(true);
    expect(asks('PTR', '_HITHER._tcp.local')).toBe(true);
    expect(asks('PTR', '_services._dns-sd._udp.local')).toBe(true);
    expect(asks('SRV', instance)).toBe(true);
    expect(asks('ANY', instance)).toBe(true);
    expect(asks('AAAA', `hither-${deviceId}.local`)).toBe(true);
    expect(asks('PTR', '_ipp._tcp.local')).toBe(false);
    expect(asks('A', instance)).toBe(false);
  });

  it('that knows the answer is not answered, unless that is about to be forgotten', () => {
    const known = (ttl: number): Answer[] => [{ type: 'PTR', name: service, ttl, data: instance }];
    expect(asks('PTR', service, known(4000))).toBe(false);
    expect(asks('PTR', service, known(1000))).toBe(true);
  });

  it('about nothing is not answered', () => {
    expect(isAskedFor([], sent({ type: 'query', questions: [{ type: 'PTR', name: service }] }))).toBe(false);
  });
});
