import { findingsOf, type Listening } from '../../../src/backend/doctor/findingsOf';
import type { MeasuredDevice, Measurements } from '../../../src/backend/doctor/measurements';
import type { DoctorFinding } from '../../../src/shared/contract/doctor';
import { deviceId } from './samples';

const healthy: Measurements = {
  system: 'linux',
  interfaces: [{ name: 'wlp3s0', kind: 'wireless', addresses: ['192.168.0.12', '2001:db8::12'] }],
  multicast: [{ name: 'wlp3s0', family: 'IPv4', word: null, isHeard: true }],
  devices: [],
  address: null,
  internet: null,
};
const near = (n: number, name: string, change: Partial<MeasuredDevice> = {}): MeasuredDevice => ({
  ...{ deviceId: deviceId(n), name, address: `192.168.0.${20 + n}`, answer: 'card', word: null },
  wayBack: { isSeen: true, isReached: true },
  ...change,
});
const ON: Listening = { isOn: true, port: 47_117, isPortTaken: false };
const found = (change: Partial<Measurements>, listening = ON): DoctorFinding[] =>
  findingsOf({ ...healthy, ...change }, listening);
const firewall = { wayBack: { isSeen: true, isReached: false } };
const url = 'turns:turn.example.org:5349?transport=tcp';

/** What the doctor finds in each scene: on a machine that is well, unless it is one of these. */
export const findings: Readonly<Record<string, DoctorFinding[]>> = {
  home: found({ devices: [near(1, '거실 데스크톱'), near(2, 'Mina’s MacBook Air')] }),
  'home-no-multicast': found({
    multicast: [{ name: 'wlp3s0', family: 'IPv4', word: 'EPERM', isHeard: false }],
    interfaces: [...healthy.interfaces, { name: 'wg0', kind: 'vpn', addresses: ['10.9.0.2'] }],
  }),
  'home-no-network': found({ interfaces: [], multicast: [] }, { isOn: true, port: null, isPortTaken: false }),
  'session-ended': found({
    devices: [
      near(2, 'Mina’s MacBook Air', firewall),
      near(3, '민지의 데스크톱', { answer: 'silent', word: 'ETIMEDOUT', wayBack: null }),
    ],
    internet: {
      relay: { trouble: 'upgrade-dropped', clockAheadS: 3_600 },
      stun: [
        { url: 'stun:stun.example.org', mapped: '203.0.113.7:40001', local: '192.168.0.12:40001' },
        { url: 'stun:other.example.org', mapped: '203.0.113.7:40777', local: '192.168.0.12:40001' },
      ],
      turn: [{ url, roundTripMs: null, word: 'refused 401' }],
    },
  }),
};
