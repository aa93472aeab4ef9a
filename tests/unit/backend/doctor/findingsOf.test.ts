import { describe, expect, it } from 'vitest';
import { DoctorService } from '../../../../src/backend/doctor/DoctorService';
import { findingsOf, type Listening } from '../../../../src/backend/doctor/findingsOf';
import { listeningOf } from '../../../../src/backend/doctor/listeningOf';
import type {
  MeasuredDevice,
  MeasuredInternet,
  Measurements,
} from '../../../../src/backend/doctor/measurements';
import { DoctorReport } from '../../../../src/shared/contract/doctor';

const ID = '0123456789abcdef0123456789abcdef';
const healthy: Measurements = {
  system: 'linux',
  interfaces: [{ name: 'eth0', kind: 'wired', addresses: ['192.168.0.2', '2001:db8::1'] }],
  multicast: [{ name: 'eth0', family: 'IPv4', word: null, isHeard: true }],
  devices: [],
  address: null,
  internet: null,
};
const device: MeasuredDevice = {
  deviceId: ID,
  name: 'Lamp',
  address: '192.168.0.9',
  answer: 'card',
  word: null,
  wayBack: { isSeen: true, isReached: true },
};
const ON: Listening = { isOn: true, port: 47_117, isPortTaken: false };

const codes = (change: Partial<Measurements> = {}, listening: Listening | null = ON): string[] => {
  const findings = findingsOf({ ...healthy, ...change }, listening);
  expect(DoctorReport.parse({ findings })).toEqual({ findings });
  return findings.map(({ code, level }) => `${level} ${code}`);
};
const with_ = (change: Partial<MeasuredDevice>): string[] =>
  codes({ devices: [{ ...device, ...change }] }).slice(4);

describe('what measurements mean', () => {
  it('on a machine that is well', () => {
    expect(codes({ devices: [device] })).toEqual([
      ...['good network', 'good ipv6', 'good listening', 'good multicast-good', 'good device-good'],
      'good internet-not-asked',
    ]);
  });

  it('on one without a network, or with none but a tunnel', () => {
    expect(codes({ interfaces: [], multicast: [] })[0]).toBe('bad no-network');
    const tunnel = { name: 'wg0', kind: 'vpn', addresses: ['10.9.0.2'] } as const;
    expect(codes({ interfaces: [tunnel], multicast: [] }).slice(0, 2)).toEqual([
      'bad no-network',
      'hint vpn',
    ]);
    expect(codes({ interfaces: [...healthy.interfaces, tunnel] })).toContain('hint vpn');
    const v4 = { name: 'eth0', kind: 'wired', addresses: ['192.168.0.2', 'fe80::1', 'fd00::1'] } as const;
    expect(codes({ interfaces: [v4] })).toContain('good ipv6-none');
  });

  it('where it listens, or does not', () => {
    expect(codes({}, { isOn: false, port: null, isPortTaken: false })).toContain('hint nearby-off');
    expect(codes({}, { isOn: true, port: null, isPortTaken: true })).toContain('bad not-listening');
    // On no network there is no address to be called at, and no port is to blame.
    expect(codes({}, { isOn: true, port: null, isPortTaken: false }).join()).not.toContain('listen');
    expect(codes({}, { isOn: true, port: 50_000, isPortTaken: false })).toContain('hint listening-elsewhere');
    expect(codes({}, null).join()).not.toContain('listen');
  });

  it('where multicast fails, by what works of it', () => {
    const [v4] = healthy.multicast;
    const v6 = { name: 'eth0', family: 'IPv6', word: 'EHOSTUNREACH', isHeard: false } as const;
    expect(codes({ multicast: [v4!, v6] })).toContain('good multicast-good');
    expect(codes({ multicast: [{ ...v4!, isHeard: false }, v6] })).toContain('bad multicast-deaf');
    expect(codes({ multicast: [{ ...v4!, word: 'EPERM', isHeard: false }, v6] })).toContain(
      'bad multicast-fails',
    );
  });

  it('where nobody answers, which says nothing while nobody was asked', () => {
    expect(codes()).toContain('hint nobody-answers');
    expect(codes({ multicast: [] }, { isOn: false, port: null, isPortTaken: false }).join()).not.toContain(
      'nobody-answers',
    );
  });

  it('of a device, in both directions', () => {
    expect(with_({ wayBack: null })[0]).toBe('good device-silent');
    expect(with_({ wayBack: { isSeen: false, isReached: false } })[0]).toBe('hint device-deaf');
    expect(with_({ wayBack: { isSeen: true, isReached: false } }).slice(0, 2)).toEqual([
      'bad device-no-way-back',
      'hint firewall-linux',
    ]);
    expect(with_({ answer: 'other', wayBack: null })[0]).toBe('bad device-not-hither');
    expect(with_({ answer: 'silent', word: 'ETIMEDOUT', wayBack: null }).slice(0, 2)).toEqual([
      'bad device-unreachable',
      'hint isolation',
    ]);
    const both = [
      device,
      { ...device, deviceId: `f${ID.slice(1)}`, answer: 'silent' as const, wayBack: null },
    ];
    expect(codes({ devices: both })).not.toContain('hint isolation');
    const findings = findingsOf({ ...healthy, devices: [device] }, ON);
    expect(findings.find(({ code }) => code === 'device-good')).toMatchObject({
      deviceId: ID,
      facts: { name: 'Lamp', address: '192.168.0.9' },
    });
  });

  it.each([
    ['win32', 'hint firewall-windows'],
    ['darwin', 'hint firewall-macos'],
    ['freebsd', 'hint firewall-linux'],
  ])('of a firewall, as %s has it', (system, code) => {
    const devices = [{ ...device, wayBack: { isSeen: true, isReached: false } }];
    expect(codes({ system, devices })).toContain(code);
  });

  it('of the internet', () => {
    const local = '192.168.0.2:5000';
    const stun = (...mapped: (string | null)[]): string[] =>
      far({ stun: mapped.map((each, index) => ({ url: `stun:${index}`, local, mapped: each })) });
    const far = (change: Partial<MeasuredInternet>): string[] =>
      codes({ internet: { relay: null, stun: [], turn: [], ...change } }).slice(5);
    expect(far({})).toEqual(['hint turn-none']);
    expect(far({ relay: { trouble: null, clockAheadS: 0 } })[0]).toBe('good relay-good');
    expect(far({ relay: { trouble: 'upgrade-dropped', clockAheadS: -300 } }).slice(0, 2)).toEqual([
      'bad relay-no-sockets',
      'bad clock-wrong',
    ]);
    expect(stun('1.2.3.4:5', '1.2.3.4:5')).toContain('good nat-easy');
    expect(stun('1.2.3.4:5', '1.2.3.4:6')).toContain('hint nat-hard');
    expect(stun(local, local)).toContain('good nat-none');
    expect(stun('1.2.3.4:5', null)).toEqual(['good stun-good', 'hint stun-silent', 'hint turn-none']);
    expect(far({ turn: [{ url: 'turn:a', roundTripMs: 9, word: null }] })).toEqual(['good turn-good']);
    expect(far({ turn: [{ url: 'turn:a', roundTripMs: null, word: 'refused 401' }] })).toEqual([
      'bad turn-failed',
    ]);
  });
});

describe('a relay that can not be used', () => {
  const at = (trouble: string) =>
    findingsOf(
      { ...healthy, internet: { relay: { trouble, clockAheadS: 0 }, stun: [], turn: [] } },
      null,
      'https://relay.example.org/hither',
    ).find(({ code }) => code.startsWith('relay-'));

  it('is named, with a sentence of its own for what happens to people', () => {
    const facts = { relay: 'relay.example.org/hither' };
    expect(at('address-unreachable')).toMatchObject({ code: 'relay-unreachable', level: 'bad', facts });
    expect(at('tls-missing')).toMatchObject({ code: 'relay-no-tls', facts });
    expect(at('http-status')).toMatchObject({ code: 'relay-other', facts });
    expect(at('relay-draining')).toMatchObject({ code: 'relay-draining', facts });
    expect(at('mailbox-failed')).toMatchObject({
      code: 'relay-failed',
      facts: { ...facts, word: 'mailbox-failed' },
    });
  });
});

describe('an address that a person typed', () => {
  const at = (change: Partial<NonNullable<Measurements['address']>>) =>
    findingsOf(
      { ...healthy, address: { address: 'h:1', answer: 'silent', device: null, word: null, ...change } },
      null,
    )[0];

  it('stands first, and is a problem unless Hither answers there', () => {
    const device = { deviceId: ID, name: 'Lamp' };
    expect(at({ answer: 'card', device })).toMatchObject({
      code: 'address-good',
      level: 'good',
      facts: { name: 'Lamp', address: 'h:1' },
      deviceId: ID,
    });
    expect(at({ answer: 'other' })).toMatchObject({ code: 'address-other', level: 'bad' });
    expect(at({ word: 'ECONNREFUSED' })).toMatchObject({ code: 'address-refused', level: 'bad' });
    expect(at({ word: 'ENOTFOUND' })).toMatchObject({ code: 'address-unknown', level: 'bad' });
    expect(at({ word: 'EHOSTUNREACH' })).toMatchObject({
      code: 'address-silent',
      level: 'bad',
      facts: { address: 'h:1', word: 'EHOSTUNREACH' },
    });
  });
});

describe('the service', () => {
  it('looks at an address when it is asked to, after what is under way', async () => {
    const asked: (string | null)[] = [];
    const service = new DoctorService({
      probes: {
        measure: ({ address }) => {
          asked.push(address);
          return address === 'bad' ? Promise.reject(new Error('no')) : Promise.resolve(healthy);
        },
      },
      ownId: () => ID,
      listening: () => ({ isOn: true, port: null, isPortTaken: false }),
      internet: () => null,
    });
    const { 'doctor:examine': examine } = service.handlers;
    const bad = expect(examine({ address: 'bad' })).rejects.toThrow('no');
    await Promise.all([bad, examine({ address: 'h:1' }), examine({ address: 'h:1' }), examine({})]);
    expect(asked).toEqual(['bad', 'h:1', null]);
  });

  it('examines once for all who ask, and does not look around while it is off', async () => {
    const questions: unknown[] = [];
    let isOn = false;
    const service = new DoctorService({
      probes: {
        measure: (question) => {
          questions.push(question);
          return Promise.resolve(healthy);
        },
      },
      ownId: () => ID,
      listening: () => ({ isOn, port: null, isPortTaken: false }),
      internet: () => null,
    });
    await Promise.all([service.examine(), service.examine()]);
    isOn = true;
    await service.examine();
    expect(questions).toEqual([
      { ownId: ID, mayLookAround: false, address: null, internet: null },
      { ownId: ID, mayLookAround: true, address: null, internet: null },
    ]);
  });

  it('reads its port from its own addresses', () => {
    const state = {
      isOn: true,
      devices: [],
      interfaces: [],
      problems: [],
      ownAddresses: ['[fd00::1]:47118'],
    };
    expect(listeningOf(state)).toEqual({ isOn: true, port: 47_118, isPortTaken: false });
    expect(listeningOf({ ...state, ownAddresses: [] })).toMatchObject({ port: null, isPortTaken: false });
    expect(listeningOf({ ...state, problems: ['port-taken'] })).toMatchObject({ isPortTaken: true });
  });
});
