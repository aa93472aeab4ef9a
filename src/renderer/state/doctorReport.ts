import type { DoctorFinding } from '../../shared/contract/doctor';
import type { DeviceInfo } from '../../shared/device';

const ORDER = { bad: 0, hint: 1, good: 2 } as const;
/** Facts that name somebody or something of theirs. */
const NAMES: ReadonlySet<string> = new Set(['name', 'names']);

/** Problems first; before them what is about the device that somebody asked about. Otherwise as they were found. */
export function inOrderOfCare(findings: readonly DoctorFinding[], deviceId: string | null): DoctorFinding[] {
  const rank = (finding: DoctorFinding): number =>
    (deviceId !== null && finding.deviceId === deviceId ? 0 : 3) + ORDER[finding.level];
  return findings.toSorted((a, b) => rank(a) - rank(b));
}

/** What was found, for somebody who helps: codes and numbers, without names, and with addresses that lead to nobody. */
export function reportText(
  findings: readonly DoctorFinding[],
  device: Pick<DeviceInfo, 'appVersion' | 'platform'>,
): string {
  const lines = findings.map(({ code, facts, level }) => {
    const told = Object.entries(facts).filter(([name]) => !NAMES.has(name));
    return [level, code, ...told.map(([name, value]) => `${name}=${shortened(String(value))}`)].join(' ');
  });
  return [`Hither ${device.appVersion}, ${device.platform}`, ...lines].join('\n');
}

/** An address keeps its kind and its network's beginning; the address of a server its scheme and how it is spoken to. */
function shortened(text: string): string {
  const url = /^(stuns?|turns?|https?|wss?):[^?]*(\?transport=(?:udp|tcp))?/i.exec(text);
  if (url !== null) return `${url[1] ?? ''}:…${url[2] ?? ''}`;
  return text
    .replaceAll(/\b(\d{1,3}\.\d{1,3})\.\d{1,3}\.\d{1,3}\b/g, '$1.x.x')
    .replaceAll(/(?<![\w:.])([0-9a-f]{0,4}):[0-9a-f:.]*:[0-9a-f:.]*(%\w+)?/gi, '$1:…');
}
