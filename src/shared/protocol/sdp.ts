import { HitherError } from '../errors';

/** Media sections of an SDP, and so of a link: every share adds one or two, and stopped ones are used again. */
export const MAX_MEDIA_SECTIONS = 32;

/**
 * Most that is taken of an SDP. Measured with Chromium 156: a data channel alone has 700 characters, a screen with
 * sound 6,500 in 178 lines and three sections, four of them 23,800 in 652 lines and nine; the longest line has 127.
 */
const SDP_LIMITS = {
  /** Characters, all of which are ASCII. */
  length: 64 * 1024,
  /** Characters of one line, without its end. */
  lineLength: 1024,
  lines: 2048,
  media: MAX_MEDIA_SECTIONS,
  candidates: 256,
} as const;

/** What about an SDP broke the rules. */
type SdpRule =
  | 'size'
  | 'character'
  | 'line'
  | 'version'
  | 'media'
  | 'transport'
  | 'candidates'
  | 'fingerprint'
  | 'fingerprint-missing'
  | 'fingerprint-differs'
  | 'setup'
  | 'ice';

/** What the checks found in an SDP. */
export interface CheckedSdp {
  /** SHA-256 of the certificates that the sender may show in DTLS: 64 lower-case hex digits. Always exactly one. */
  readonly fingerprints: readonly string[];
  readonly mediaCount: number;
  readonly candidateCount: number;
}

/** What is looked at of one section; the first one is what stands before the media. */
interface Section {
  readonly fingerprints: string[];
  /** Refused, or carried by another section's transport: neither needs a certificate of its own. */
  readonly hasPortZero: boolean;
  setups: number;
  ufrags: number;
}

const LINE = /^[a-z]=[\x20-\x7e]*$/;
/** `m=<media> <port>[/<count>] <transport> <formats>`: only what runs over DTLS, or nothing holds the fingerprint. */
const MEDIA = /^m=(audio|video|application) (\d{1,5})(\/\d{1,5})? ((UDP|TCP)\/)?D?TLS\/(RTP\/SAVPF?|SCTP) \S/;
/** However it is spelled: a browser might be less strict than we are, and then see another one than we do. */
const ABOUT_FINGERPRINT = /^a=\s*fingerprint/i;
const FINGERPRINT = /^a=fingerprint:sha-256 ((?:[0-9A-Fa-f]{2}:){31}[0-9A-Fa-f]{2})$/;
const ABOUT_SETUP = /^a=\s*setup/i;
const SETUP = /^a=setup:(actpass|active|passive)$/;
const ABOUT_UFRAG = /^a=\s*ice-ufrag/i;
/** RFC 8839 §5.4. */
const UFRAG = /^a=ice-ufrag:[\w+/]{4,256}$/;
/** Keys that stand in the SDP itself (RFC 4568) would go around DTLS. */
const PLAIN_KEYS = /^(k=|a=\s*(crypto|key-mgmt)\b)/i;

/**
 * Checks the SDP of a peer's offer or answer before a browser sees it: bounded, well-formed, and with one SHA-256
 * fingerprint that covers all of its sections.
 * @throws HitherError `protocol-violation` with the rule (`SdpRule`)
 */
function checkedSdp(sdp: string): CheckedSdp {
  const lines = linesOf(sdp);
  let section = newSection('');
  const sections = [section];
  let candidateCount = 0;
  for (const line of lines) {
    if (line.startsWith('m=')) {
      if (!MEDIA.test(line)) throw violation('transport');
      section = newSection(line);
      sections.push(section);
    }
    if (/^a=\s*candidate/i.test(line)) candidateCount++;
    readLine(section, line);
  }
  const mediaCount = sections.length - 1;
  if (mediaCount === 0 || mediaCount > SDP_LIMITS.media) throw violation('media');
  if (candidateCount > SDP_LIMITS.candidates) throw violation('candidates');
  return { fingerprints: [theFingerprint(sections)], mediaCount, candidateCount };
}

/**
 * Checks an SDP, and that it names the certificate that the peer has signed.
 * @param expectedHex SHA-256 of that certificate, 64 lower-case hex digits
 * @throws HitherError `protocol-violation` with the rule, or `tampered` where it names another certificate
 */
export function requireFingerprint(sdp: string, expectedHex: string): CheckedSdp {
  const checked = checkedSdp(sdp);
  if (checked.fingerprints.some((fingerprint) => fingerprint !== expectedHex)) {
    throw new HitherError('tampered', { rule: 'fingerprint-differs' });
  }
  return checked;
}

function linesOf(sdp: string): string[] {
  if (sdp.length > SDP_LIMITS.length) throw violation('size');
  const lines = sdp.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  if (lines.length > SDP_LIMITS.lines) throw violation('size');
  if (lines[0] !== 'v=0') throw violation('version');
  for (const line of lines) {
    if (line.length > SDP_LIMITS.lineLength) throw violation('size');
    if (/[^\x20-\x7e]/.test(line)) throw violation('character');
    if (!LINE.test(line)) throw violation('line');
  }
  return lines;
}

function newSection(mediaLine: string): Section {
  return { fingerprints: [], hasPortZero: /^m=\S+ 0+\D/.test(mediaLine), setups: 0, ufrags: 0 };
}

/** Looks at one line of a section. */
function readLine(section: Section, line: string): void {
  if (PLAIN_KEYS.test(line)) throw violation('transport');
  if (ABOUT_FINGERPRINT.test(line)) {
    const fingerprint = FINGERPRINT.exec(line)?.[1];
    if (fingerprint === undefined) throw violation('fingerprint');
    section.fingerprints.push(fingerprint.replaceAll(':', '').toLowerCase());
  } else if (ABOUT_SETUP.test(line)) {
    if (!SETUP.test(line) || ++section.setups > 1) throw violation('setup');
  } else if (ABOUT_UFRAG.test(line)) {
    if (!UFRAG.test(line) || ++section.ufrags > 1) throw violation('ice');
  }
}

/** The one fingerprint that all sections have, by themselves or from what stands before them. */
function theFingerprint([session, ...media]: readonly Section[]): string {
  const all = [session, ...media].flatMap((section) => section?.fingerprints ?? []);
  const first = all[0];
  if (first === undefined) throw violation('fingerprint-missing');
  if (all.some((fingerprint) => fingerprint !== first)) throw violation('fingerprint-differs');
  const isCovered = (section: Section): boolean => section.fingerprints.length > 0 || section.hasPortZero;
  if (session?.fingerprints.length === 0 && !media.every(isCovered)) throw violation('fingerprint-missing');
  return first;
}

function violation(rule: SdpRule): HitherError {
  return new HitherError('protocol-violation', { rule });
}
