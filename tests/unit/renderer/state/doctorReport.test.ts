import { describe, expect, it } from 'vitest';
import { inOrderOfCare, reportText } from '../../../../src/renderer/state/doctorReport';
import type { LinkExam, TriedPair } from '../../../../src/renderer/state/views';
import type { DoctorFinding } from '../../../../src/shared/contract/doctor';

const ID = 'a'.repeat(32);
const finding = (
  code: DoctorFinding['code'],
  level: DoctorFinding['level'],
  facts: DoctorFinding['facts'] = {},
  deviceId: string | null = null,
): DoctorFinding => ({ code, level, facts, deviceId });

describe('findings', () => {
  const all = [
    finding('network', 'good'),
    finding('vpn', 'hint'),
    finding('device-good', 'good', {}, ID),
    finding('no-network', 'bad'),
    finding('device-deaf', 'hint', {}, ID),
  ];

  it('stand by how much they matter', () => {
    const order = ['no-network', 'vpn', 'device-deaf', 'network', 'device-good'];
    expect(inOrderOfCare(all, null).map(({ code }) => code)).toEqual(order);
  });

  it('stand first if they are about the device that was asked about', () => {
    const [first, second, third] = inOrderOfCare(all, ID);
    expect([first?.code, second?.code, third?.code]).toEqual(['device-deaf', 'device-good', 'no-network']);
  });
});

describe('the report', () => {
  const device = { appVersion: '0.1.0', platform: 'linux' } as const;

  it('has codes and numbers, and nothing that leads to somebody', () => {
    const text = reportText(
      [
        finding('device-no-way-back', 'bad', { name: 'Mina’s MacBook', address: '192.168.7.23' }, ID),
        finding('device-good', 'good', { name: 'Lamp', address: 'fe80::1234:5678%eth0' }, ID),
        finding('network', 'good', { names: 'eth0, Mina’s VPN' }),
        finding('stun-good', 'good', { url: 'stun:stun.example.org:3478' }),
        finding('turn-failed', 'bad', {
          url: 'turns:secret.example.org:5349?transport=tcp',
          word: 'refused 401',
        }),
        finding('listening', 'good', { port: 47_117 }),
      ],
      device,
    );
    expect(text.split('\n')).toEqual([
      'Hither 0.1.0, linux',
      'bad device-no-way-back address=192.168.x.x',
      'good device-good address=fe80:…',
      'good network',
      'good stun-good url=stun:…',
      'bad turn-failed url=turns:…?transport=tcp word=refused 401',
      'good listening port=47117',
    ]);
    for (const word of ['Mina', 'Lamp', 'example', '7.23', '1234', ID]) expect(text).not.toContain(word);
  });

  it('shortens whatever has an address in it', () => {
    const text = (value: string) => reportText([finding('relay-failed', 'bad', { word: value })], device);
    expect(text('at 10.1.2.3 and 2001:db8::1')).toContain('word=at 10.1.x.x and 2001:…');
    expect(text('::1')).not.toContain('::1');
  });

  it('has how the way does and what was tried, by kinds and states alone', () => {
    const pair: TriedPair = {
      ...{ local: 'host', remote: 'srflx', protocol: 'udp', via: null, family: 'IPv4' },
      ...{ state: 'failed', fault: 'unanswered', asked: 9, answered: 0 },
    };
    const sample = (roundTripMs: number | null, lostFraction: number | null) => ({
      ...{ atMs: 0, roundTripMs, lostFraction },
    });
    const exam: LinkExam = {
      isUp: true,
      path: { kind: 'relay', via: 'tls' },
      samples: [sample(12.34, 0.02), sample(null, null), sample(8, 0)],
      checks: { asked: 24, answered: 23 },
      tried: [
        { ...pair, local: 'relay', remote: 'relay', via: 'tls', state: 'in-use', fault: null },
        pair,
        { ...pair, asked: 4 },
        { ...pair, fault: 'one-way' },
        { ...pair, local: null, remote: 'host', family: null, fault: 'name-unresolved' },
      ],
      findings: [{ code: 'turn-refused', level: 'hint', facts: { kind: 'TURN', via: 'TLS', code: 403 } }],
    };
    expect(reportText([finding('network', 'good')], device, exam).split('\n')).toEqual([
      'Hither 0.1.0, linux',
      'link relay/tls roundTripMs=8.0..12.3,8.0 lostPercent=0.0..2.0,0.0 checks=23/24',
      'pair relay>relay udp turn-tls IPv4 in-use 1',
      'pair host>srflx udp IPv4 failed unanswered 2',
      'pair host>srflx udp IPv4 failed one-way 1',
      'pair none>host udp failed name-unresolved 1',
      'hint link-turn-refused kind=TURN via=TLS code=403',
      'good network',
    ]);
    const gone = { ...exam, isUp: false, samples: [], checks: null, tried: [], findings: [] };
    expect(reportText([], device, gone).split('\n')[1]).toBe('link none roundTripMs=none lostPercent=none');
  });
});
