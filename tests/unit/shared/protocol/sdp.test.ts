import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HitherError } from '../../../../src/shared/errors';
import { type CheckedSdp, requireFingerprint } from '../../../../src/shared/protocol/sdp';
import { recordedSdp } from '../../../support/sdp/recordedSdp';

/** Most that is taken of an SDP; see src/shared/protocol/sdp.ts. */
const LIMITS = { length: 64 * 1024, lineLength: 1024, lines: 2048, media: 32, candidates: 256 };

const offer = recordedSdp['screen-sound-offer']!;
const print = (byte: string): string => Array.from({ length: 32 }, () => byte).join(':');
const own = /a=fingerprint:sha-256 (\S+)/.exec(offer)![1]!;
const ownHex = own.replaceAll(':', '').toLowerCase();

/** As other browsers and RFC 8829 have it: what holds for all sections stands before them. */
const sessionLevel = [
  'v=0',
  'o=mozilla...THIS_IS_SDPARTA-99.0 4962303333179871722 0 IN IP4 0.0.0.0',
  's=-',
  't=0 0',
  `a=fingerprint:sha-256 ${print('0a').toLowerCase()}`,
  'a=setup:actpass',
  'a=group:BUNDLE 0 1',
  'm=video 9 UDP/TLS/RTP/SAVPF 120',
  'a=ice-ufrag:1234',
  'm=application 0 UDP/DTLS/SCTP webrtc-datachannel',
  'a=bundle-only',
  'a=sctp-port:5000',
  '',
].join('\r\n');

function faultOf(check: () => unknown): unknown {
  try {
    check();
    return null;
  } catch (error) {
    if (error instanceof HitherError) return `${error.code} ${String(error.facts['rule'])}`;
    throw error;
  }
}
/** Checks an SDP as that of a peer which has signed for the first certificate that it names. */
function checkedSdp(sdp: string): CheckedSdp {
  const [, named = ''] = /a=fingerprint:sha-256 (\S+)/.exec(sdp) ?? [];
  return requireFingerprint(sdp, named.replaceAll(':', '').toLowerCase());
}

const ruleOf = (sdp: string): unknown => faultOf(() => checkedSdp(sdp));
/** The offer with a line behind its first section's fingerprint. */
const withLine = (line: string): string => offer.replace(`${own}\r\n`, `${own}\r\n${line}\r\n`);
const withoutAll = (line: RegExp): string => offer.replaceAll(new RegExp(`^${line.source}\r\n`, 'gm'), '');
const times = (count: number, line: string): string => offer + `${line}\r\n`.repeat(count);
const MEDIA = 'm=audio 9 UDP/TLS/RTP/SAVPF 111';

describe('the SDP of a peer', () => {
  it.each(Object.keys(recordedSdp))('is taken from a real browser: %s', (name) => {
    const sdp = recordedSdp[name]!;
    const checked = checkedSdp(sdp);
    expect(checked.fingerprints).toHaveLength(1);
    expect(checked.mediaCount).toBe(sdp.split('\nm=').length - 1);
    expect(checked.candidateCount).toBe(sdp.split('a=candidate:').length - 1);
    expect(sdp.length).toBeLessThan(LIMITS.length / 2);
    expect(sdp.split('\r\n').length).toBeLessThan(LIMITS.lines / 2);
  });

  it('gives its fingerprint in lower case, without colons', () => {
    expect(checkedSdp(offer)).toMatchObject({ fingerprints: [ownHex], mediaCount: 3 });
    expect(ownHex).toMatch(/^[0-9a-f]{64}$/);
  });

  it('may have its fingerprint before the media, and plain line ends', () => {
    expect(checkedSdp(sessionLevel)).toMatchObject({ fingerprints: ['0a'.repeat(32)], mediaCount: 2 });
    expect(checkedSdp(sessionLevel.replaceAll('\r\n', '\n')).mediaCount).toBe(2);
  });

  it('may have TCP candidates, and sections that another one carries', () => {
    const tcp = 'a=candidate:1 1 tcp 1518280447 192.0.2.1 9 typ host tcptype active';
    expect(checkedSdp(withLine(tcp)).candidateCount).toBe(checkedSdp(offer).candidateCount + 1);
    expect(ruleOf(offer + 'm=video 0 UDP/TLS/RTP/SAVPF 96\r\na=bundle-only\r\n')).toBeNull();
  });

  it.each([
    ['empty', '', 'version'],
    ['too long', offer + 'a=x\r\n'.repeat(LIMITS.length / 5), 'size'],
    ['of too many lines', times(LIMITS.lines, 'a=x'), 'size'],
    ['with too long a line', withLine(`a=${'x'.repeat(LIMITS.lineLength)}`), 'size'],
    ['of another version', offer.replace('v=0', 'v=1'), 'version'],
    ['with something before it', `\n${offer}`, 'version'],
    ['with a NUL', withLine('a=x\u0000y'), 'character'],
    ['with an escape sequence', withLine('a=\u001b[2J'), 'character'],
    ['with a lone carriage return', withLine('a=x\ra=fingerprint:sha-256 00'), 'character'],
    ['with a line separator', withLine('a=x\u2028'), 'character'],
    ['with a bidi override', withLine('a=\u202e'), 'character'],
    ['with an empty line', withLine(''), 'line'],
    ['with a line without a type', withLine('fingerprint:sha-256 00'), 'line'],
    ['with a line of an upper-case type', withLine('A=x'), 'line'],
    ['indented', withLine(' a=x'), 'line'],
    ['without media', offer.slice(0, offer.indexOf('m=')), 'media'],
    ['with too many sections', times(LIMITS.media, MEDIA + `\r\na=fingerprint:sha-256 ${own}`), 'media'],
    ['with media in the clear', offer.replace('UDP/TLS/RTP/SAVPF', 'RTP/AVPF'), 'transport'],
    ['with media of no known kind', `${offer}m=message 9 UDP/TLS/RTP/SAVPF 1\r\n`, 'transport'],
    ['with keys in it', withLine('a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:AAAA'), 'transport'],
    ['with too many candidates', times(LIMITS.candidates, 'a=candidate:1'), 'candidates'],
    ['without any fingerprint', withoutAll(/a=fingerprint:.*/), 'fingerprint-missing'],
    ['with one section uncovered', `${offer}${MEDIA}\r\n`, 'fingerprint-missing'],
    ['with a second fingerprint', withLine(`a=fingerprint:sha-256 ${print('AA')}`), 'fingerprint-differs'],
    ['with a weak hash', offer.replaceAll('sha-256', 'sha-1'), 'fingerprint'],
    ['with a weak hash beside', withLine('a=fingerprint:sha-1 AA:BB'), 'fingerprint'],
    ['with a stronger hash', withLine(`a=fingerprint:sha-512 ${print('AA')}`), 'fingerprint'],
    ['with an upper-case attribute', withLine(`a=FINGERPRINT:sha-256 ${print('AA')}`), 'fingerprint'],
    ['with a blank in front', withLine(`a= fingerprint:sha-256 ${print('AA')}`), 'fingerprint'],
    ['with half a fingerprint', withLine('a=fingerprint:sha-256 AA:BB'), 'fingerprint'],
    ['with too much of one', withLine(`a=fingerprint:sha-256 ${own}:00`), 'fingerprint'],
    ['with two on a line', withLine(`a=fingerprint:sha-256 ${own} ${print('AA')}`), 'fingerprint'],
    ['with no setup we know', offer.replace('actpass', 'holdconn'), 'setup'],
    ['with two setups', withLine('a=setup:active'), 'setup'],
    ['with two ICE names', withLine('a=ice-ufrag:evil'), 'ice'],
    ['with a short ICE name', offer.replace(/a=ice-ufrag:.*/, 'a=ice-ufrag:abc'), 'ice'],
  ])('is refused %s', (_, sdp, rule) => {
    expect(ruleOf(sdp)).toBe(`protocol-violation ${rule}`);
  });

  it('must name the certificate that was signed', () => {
    expect(requireFingerprint(offer, ownHex).fingerprints).toEqual([ownHex]);
    expect(faultOf(() => requireFingerprint(offer, '0a'.repeat(32)))).toBe('tampered fingerprint-differs');
  });

  it('has one fingerprint or is refused, whatever is changed', () => {
    const lines = offer.split('\r\n');
    const other = print('AA');
    const piece = fc.oneof(
      fc.constantFrom(
        '',
        'a=',
        'v=0',
        MEDIA,
        `a=fingerprint:sha-256 ${other}`,
        `a=fingerprint:sha-1 ${other}`,
      ),
      fc.constantFrom(`a=fingerprint: sha-256 ${other}`, `a=Fingerprint:SHA-256 ${other}`, 'm=video 0 x'),
      fc.constantFrom(...lines),
      fc.string({ unit: 'binary', maxLength: 40 }),
    );
    const edit = fc.tuple(fc.nat(lines.length), fc.nat(3), fc.array(piece, { maxLength: 3 }));
    const check = fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), (edits) => {
      const changed = [...lines];
      for (const [at, removed, added] of edits) changed.splice(at, removed, ...added);
      const sdp = changed.join('\r\n');
      if (ruleOf(sdp) !== null) return;
      const { fingerprints } = checkedSdp(sdp);
      expect(fingerprints).toHaveLength(1);
      const named = [...sdp.matchAll(/fingerprint\W+sha-\d+ (\S+)/gi)].map(([, hex]) =>
        hex?.replaceAll(':', '').toLowerCase(),
      );
      expect(new Set(named)).toEqual(new Set(fingerprints));
    });
    fc.assert(check, { numRuns: 1000 });
  });
});
