import { lookup } from 'node:dns/promises';
import { connect, isIP, type Socket } from 'node:net';
import { checkServerIdentity, connect as connectTls, type PeerCertificate } from 'node:tls';
import { isPrivateAddress } from '../server/isPrivateAddress';
import { bad, type Finding, good, hint } from './Finding';
import type { Outside } from './Outside';

/** Days before the end of a certificate from which on its renewal should have happened. */
const SOON_DAYS = 14;
const DAY_MS = 86_400_000;

/** Looks up the name; gives addresses, none where there are none. */
export async function lookUp({ host, report }: Outside): Promise<readonly string[]> {
  if (isIP(host) !== 0) return [host];
  try {
    const addresses = (await lookup(host, { all: true, order: 'verbatim' })).map(({ address }) => address);
    report(good('name-found', { name: host, addresses: addresses.join(', ') }));
    const inside = addresses.find(isPrivateAddress);
    const isMeantSo = host === 'localhost' || host.endsWith('.local');
    if (inside !== undefined && !isMeantSo) report(hint('name-private', { name: host, address: inside }));
    return addresses;
  } catch (error) {
    report(bad('name-unknown', { name: host, word: wordOf(error) }));
    return [];
  }
}

/** Tries each address, as a client may take any of them. @returns one that answers */
export async function knock(outside: Outside, addresses: readonly string[]): Promise<string | null> {
  const { port, report, timeoutMs } = outside;
  const answering = await Promise.all(
    addresses.map(async (address) => {
      const trouble = await opened(connect({ host: address, port, signal: AbortSignal.timeout(timeoutMs) }));
      report(
        trouble === null
          ? good('address-reachable', { address, port })
          : bad('address-unreachable', { address, port, word: trouble }),
      );
      return trouble === null ? address : null;
    }),
  );
  return answering.find((address) => address !== null) ?? null;
}

function opened(socket: Socket): Promise<string | null> {
  return new Promise((resolve) => {
    socket.once('connect', () => {
      socket.destroy();
      resolve(null);
    });
    socket.once('error', (error) => {
      resolve(wordOf(error));
    });
  });
}

/** Looks at the certificate at an address. @returns whether there is TLS at all */
export function showCertificate(outside: Outside, address: string): Promise<boolean> {
  const { ca, host, port, report, timeoutMs } = outside;
  const name = isIP(host) === 0 ? { servername: host } : {};
  return new Promise((resolve) => {
    // Whatever is wrong with it is to be said, not only the first thing.
    const socket = connectTls({ host: address, port, ca, rejectUnauthorized: false, ...name });
    socket.setTimeout(timeoutMs, () => socket.destroy(Object.assign(new Error(), { code: 'ETIMEDOUT' })));
    socket.once('secureConnect', () => {
      const certificate = socket.getPeerCertificate();
      const word = socket.authorized ? null : String(socket.authorizationError);
      for (const finding of certificateFindings(certificate, host, word, Date.now())) report(finding);
      socket.destroy();
      resolve(true);
    });
    socket.once('error', (error) => {
      report(bad('tls-missing', { port, word: wordOf(error) }));
      resolve(false);
    });
  });
}

/**
 * What is to be said of a certificate.
 * @param word why Node does not believe it, or `null`
 */
function certificateFindings(
  certificate: Pick<PeerCertificate, 'valid_to' | 'subject' | 'subjectaltname'>,
  host: string,
  word: string | null,
  nowMs: number,
): Finding[] {
  const validTo = certificate.valid_to;
  const days = Math.floor((Date.parse(validTo) - nowMs) / DAY_MS);
  const findings: Finding[] = [];
  if (days < 0) findings.push(bad('certificate-expired', { validTo }));
  if (checkServerIdentity(host, certificate as PeerCertificate) !== undefined)
    findings.push(bad('certificate-name', { name: host, names: namesOf(certificate) }));
  const isSaid = word === 'CERT_HAS_EXPIRED' || word === 'ERR_TLS_CERT_ALTNAME_INVALID';
  if (word !== null && !isSaid) findings.push(bad('certificate-chain', { word }));
  if (findings.length > 0) return findings;
  return [
    days < SOON_DAYS
      ? hint('certificate-ends-soon', { days, validTo })
      : good('certificate-good', { validTo }),
  ];
}

function namesOf({ subject, subjectaltname }: Pick<PeerCertificate, 'subject' | 'subjectaltname'>): string {
  return (subjectaltname ?? [subject.CN].flat().join(', ')).replaceAll(/(DNS|IP Address):/g, '') || 'no name';
}

/** One word for why something failed. */
export function wordOf(error: unknown): string {
  const { cause, code, name } = error as NodeJS.ErrnoException & { cause?: NodeJS.ErrnoException };
  if (name === 'AbortError' || name === 'TimeoutError') return 'ETIMEDOUT';
  return code ?? cause?.code ?? name;
}
