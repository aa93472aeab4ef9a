import type { DoctorFinding } from '../../shared/contract/doctor';
import type { DeviceInfo } from '../../shared/device';
import { groupedPairs } from './groupedPairs';
import type { LinkExam } from './views';

const ORDER = { bad: 0, hint: 1, good: 2 } as const;
/** Facts that name somebody or something of theirs. */
const NAMES: ReadonlySet<string> = new Set(['name', 'names', 'relay']);

/** Problems first; before them what is about the device, or the address, that somebody asked about. Otherwise as they were found. */
export function inOrderOfCare(findings: readonly DoctorFinding[], deviceId: string | null): DoctorFinding[] {
  const rank = (finding: DoctorFinding): number =>
    (isAbout(finding, deviceId) ? 0 : 3) + ORDER[finding.level];
  return findings.toSorted((a, b) => rank(a) - rank(b));
}

/** Whether something was found of what somebody asked about: a device, or an address that was typed. */
export function isAbout(finding: DoctorFinding, deviceId: string | null): boolean {
  return finding.code.startsWith('address-') || (deviceId !== null && finding.deviceId === deviceId);
}

/**
 * What was found, for somebody who helps: codes and numbers, without names, and with addresses that lead to nobody.
 * @param exam of the way that was looked at; it has no addresses at all
 */
export function reportText(
  findings: readonly DoctorFinding[],
  device: Pick<DeviceInfo, 'appVersion' | 'platform'>,
  exam: LinkExam | null = null,
): string {
  const lines = findings.map((finding) => findingLine(finding));
  const way = exam === null ? [] : linkLines(exam);
  return [`Hither ${device.appVersion}, ${device.platform}`, ...way, ...lines].join('\n');
}

function findingLine({
  code,
  facts,
  level,
}: Pick<DoctorFinding, 'facts' | 'level'> & { code: string }): string {
  const told = Object.entries(facts).filter(([name]) => !NAMES.has(name));
  return [
    level,
    code,
    ...told.map(
      ([name, value]) =>
        `${name}=${shortened(name === 'address' ? String(value).replace(HOST_NAME, '…') : String(value))}`,
    ),
  ].join(' ');
}

/** How a way does and what was tried, as `link`, `pair` and findings. */
function linkLines({ checks, findings, isUp, path, samples, tried }: LinkExam): string[] {
  const way = isUp && path ? [path.kind, path.via].filter((each) => each !== null).join('/') : 'none';
  const answered = checks ? ` checks=${checks.answered}/${checks.asked}` : '';
  const roundTrips = rangeOf(samples.map(({ roundTripMs }) => roundTripMs));
  const losses = rangeOf(samples.map(({ lostFraction }) => lostFraction && lostFraction * 100));
  return [
    `link ${way} roundTripMs=${roundTrips} lostPercent=${losses}${answered}`,
    ...groupedPairs(tried).map(({ pair, count }) => {
      const { family, fault, local, protocol, remote, state, via } = pair;
      const what = [protocol, via && `turn-${via}`, family, state, fault].filter((each) => each !== null);
      return `pair ${local ?? 'none'}>${remote} ${what.join(' ')} ${count}`;
    }),
    ...findings.map((finding) => findingLine({ ...finding, code: `link-${finding.code}` })),
  ];
}

/** The lowest and the highest, and the last one. */
function rangeOf(values: readonly (number | null)[]): string {
  const known = values.filter((each) => each !== null);
  if (known.length === 0) return 'none';
  const [least, most, last] = [Math.min(...known), Math.max(...known), known.at(-1) ?? 0];
  return `${least.toFixed(1)}..${most.toFixed(1)},${last.toFixed(1)}`;
}

/** A host's name, perhaps with a port: of addresses, IPv4 has no letters and IPv6 more colons. */
const HOST_NAME = /^[^[:]*[^\d.[:][^:]*(?=:\d+$|$)/;

/** An address keeps its kind and its network's beginning; the address of a server its scheme and how it is spoken to. */
function shortened(text: string): string {
  const url = /^(stuns?|turns?|https?|wss?):[^?]*(\?transport=(?:udp|tcp))?/i.exec(text);
  if (url !== null) return `${url[1] ?? ''}:…${url[2] ?? ''}`;
  return text
    .replaceAll(/\b(\d{1,3}\.\d{1,3})\.\d{1,3}\.\d{1,3}\b/g, '$1.x.x')
    .replaceAll(/(?<![\w:.])([0-9a-f]{0,4}):[0-9a-f:.]*:[0-9a-f:.]*(%\w+)?/gi, '$1:…');
}
