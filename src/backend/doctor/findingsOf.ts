import type { DoctorCode, DoctorFinding } from '../../shared/contract/doctor';
import { LAN_PORT } from '../../shared/protocol/lan';
import { relayName } from '../../shared/protocol/relayUrl';
import type {
  MeasuredAddress,
  MeasuredDevice,
  MeasuredInternet,
  MeasuredMulticast,
  MeasuredStun,
  Measurements,
} from './measurements';

/** Difference of two clocks, in s, from which on credentials may count as run out. */
const CLOCK_S = 30;
/** The usual ports: rules of firewalls that people copy are for these. */
const USUAL_PORTS = 10;

/** Where this device listens. */
export interface Listening {
  isOn: boolean;
  /** `null` where it listens nowhere, or is on no network that it could be called on. */
  port: number | null;
  isPortTaken: boolean;
}

type Facts = DoctorFinding['facts'];

const finding =
  (level: DoctorFinding['level']) =>
  (code: DoctorCode, facts: Facts = {}, deviceId: string | null = null): DoctorFinding => ({
    code,
    level,
    facts,
    deviceId,
  });
const [good, hint, bad] = [finding('good'), finding('hint'), finding('bad')];

/**
 * What measurements mean, in the order in which a person had best read them: the address that they asked about, this machine, its neighbours, the internet.
 * @param relayUrl the relay that was asked, a `RelayUrl`
 * @param listening `null` where nobody knows, as in a terminal beside a running app
 */
export function findingsOf(
  measured: Measurements,
  listening: Listening | null,
  relayUrl: string | null = null,
): DoctorFinding[] {
  return [
    ...addressFindings(measured.address),
    ...interfaceFindings(measured),
    ...listeningFindings(listening),
    ...multicastFindings(measured),
    ...deviceFindings(measured, listening),
    ...internetFindings(measured.internet, relayUrl === null ? '' : relayName(relayUrl)),
  ];
}

/** Words of the system for a name that nobody knows. */
const UNKNOWN_NAME: ReadonlySet<string> = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NONAME']);

function* addressFindings(measured: MeasuredAddress | null): Generator<DoctorFinding> {
  if (measured === null) return;
  const { address, answer, device, word } = measured;
  if (device !== null) yield good('address-good', { name: device.name, address }, device.deviceId);
  else if (answer === 'other') yield bad('address-other', { address });
  else if (word === 'ECONNREFUSED') yield bad('address-refused', { address });
  else if (word !== null && UNKNOWN_NAME.has(word)) yield bad('address-unknown', { address });
  else yield bad('address-silent', { address, word: word ?? '' });
}

function* interfaceFindings({ interfaces }: Measurements): Generator<DoctorFinding> {
  const real = interfaces.filter(({ kind }) => kind !== 'vpn' && kind !== 'virtual');
  if (real.length === 0) yield bad('no-network');
  else yield good('network', { names: real.map(({ name }) => name).join(', ') });
  for (const { kind, name } of interfaces) if (kind === 'vpn') yield hint('vpn', { name });
  const hasIPv6 = interfaces.some(({ addresses }) => addresses.some(isGlobalIPv6));
  if (real.length > 0) yield hasIPv6 ? good('ipv6') : good('ipv6-none');
}

/** 2000::/3: what the internet reaches. */
function isGlobalIPv6(address: string): boolean {
  return /^[23][0-9a-f]{3}:/i.test(address);
}

function* listeningFindings(listening: Listening | null): Generator<DoctorFinding> {
  if (listening === null) return;
  const { isOn, isPortTaken, port } = listening;
  if (!isOn) yield hint('nearby-off');
  else if (isPortTaken) yield bad('not-listening');
  else if (port === null) return;
  else if (port >= LAN_PORT && port < LAN_PORT + USUAL_PORTS) yield good('listening', { port });
  else yield hint('listening-elsewhere', { port });
}

function* multicastFindings({ multicast }: Measurements): Generator<DoctorFinding> {
  const faults = multicast.filter(({ isHeard, word }) => word !== null || !isHeard);
  // One family that works is enough on an interface.
  const isWorking = (name: string): boolean =>
    multicast.some((each) => each.name === name && !faults.includes(each));
  const told = new Set<string>();
  for (const fault of faults) {
    if (isWorking(fault.name) || told.has(fault.name)) continue;
    told.add(fault.name);
    yield multicastFault(fault);
  }
  if (multicast.length > 0 && told.size === 0) yield good('multicast-good');
}

function multicastFault({ name, word }: MeasuredMulticast): DoctorFinding {
  return word === null ? bad('multicast-deaf', { name }) : bad('multicast-fails', { name, word });
}

function* deviceFindings(
  { devices, multicast, system }: Measurements,
  listening: Listening | null,
): Generator<DoctorFinding> {
  for (const device of devices) yield deviceFinding(device);
  if (devices.length === 0) {
    if (multicast.length > 0) yield hint('nobody-answers');
    return;
  }
  const silent = devices.filter(({ answer }) => answer === 'silent');
  // Whom multicast brings and nothing else: access points that keep their guests apart do that.
  if (silent.length === devices.length) yield hint('isolation', { count: silent.length });
  if (devices.some(({ wayBack }) => wayBack?.isSeen === true && !wayBack.isReached))
    yield hint(firewallCode(system), { port: listening?.port ?? LAN_PORT });
}

function deviceFinding({ address, answer, deviceId, name, wayBack, word }: MeasuredDevice): DoctorFinding {
  const facts = { name, address };
  if (answer === 'silent') return bad('device-unreachable', { ...facts, word: word ?? '' }, deviceId);
  if (answer === 'other') return bad('device-not-hither', facts, deviceId);
  if (wayBack === null) return good('device-silent', facts, deviceId);
  if (!wayBack.isSeen) return hint('device-deaf', facts, deviceId);
  return wayBack.isReached
    ? good('device-good', facts, deviceId)
    : bad('device-no-way-back', facts, deviceId);
}

function firewallCode(system: string): DoctorCode {
  if (system === 'win32') return 'firewall-windows';
  return system === 'darwin' ? 'firewall-macos' : 'firewall-linux';
}

/** What keeps a relay from being used, by the code of the relay's own doctor. */
const RELAY_TROUBLES: Readonly<Record<string, DoctorCode>> = {
  'name-unknown': 'relay-name-unknown',
  'address-unreachable': 'relay-unreachable',
  'tls-missing': 'relay-no-tls',
  'certificate-expired': 'relay-certificate',
  'certificate-name': 'relay-certificate',
  'certificate-chain': 'relay-certificate',
  'http-failed': 'relay-other',
  'http-redirect': 'relay-other',
  'http-status': 'relay-other',
  'not-a-relay': 'relay-other',
  'relay-draining': 'relay-draining',
  'relay-degraded': 'relay-degraded',
  'upgrade-dropped': 'relay-no-sockets',
  'upgrade-failed': 'relay-no-sockets',
  'upgrade-refused': 'relay-refuses',
};

function relayFinding(trouble: string | null, relay: string): DoctorFinding {
  if (trouble === null) return good('relay-good', { relay });
  const code = RELAY_TROUBLES[trouble];
  return code === undefined ? bad('relay-failed', { relay, word: trouble }) : bad(code, { relay });
}

function* internetFindings(internet: MeasuredInternet | null, relayCalled: string): Generator<DoctorFinding> {
  if (internet === null) {
    yield good('internet-not-asked');
    return;
  }
  const { relay, stun, turn } = internet;
  if (relay !== null) {
    yield relayFinding(relay.trouble, relayCalled);
    if (Math.abs(relay.clockAheadS) >= CLOCK_S)
      yield bad('clock-wrong', { seconds: Math.abs(relay.clockAheadS) });
  }
  for (const { mapped, url } of stun)
    yield mapped === null ? hint('stun-silent', { url }) : good('stun-good', { url });
  yield* natFindings(stun);
  for (const { roundTripMs, url, word } of turn)
    yield roundTripMs === null
      ? bad('turn-failed', { url, word: word ?? '' })
      : good('turn-good', { url, roundTripMs });
  if (turn.length === 0) yield hint('turn-none');
}

/** Two servers that see us come from one address and port: others reach us there as well (RFC 5780 §4.3). */
function* natFindings(stun: readonly MeasuredStun[]): Generator<DoctorFinding> {
  const [first, second] = stun.filter(({ mapped }) => mapped !== null);
  if (first === undefined) return;
  if (first.mapped === first.local) yield good('nat-none');
  else if (second !== undefined) yield first.mapped === second.mapped ? good('nat-easy') : hint('nat-hard');
}
