import { describe, expect, it } from 'vitest';
import { isOutdated, ufragOf, usableSignals } from '../../../../src/renderer/core/peer/candidates';
import type { RtcSignal } from '../../../../src/shared/protocol/links';

const candidate = (text: string): RtcSignal => ({
  type: 'candidate',
  candidate: { candidate: text, sdpMid: '0' },
});
const hidden = 'candidate:1 1 udp 2113937151 0b5c2c4e-6f1d.local 51034 typ host generation 0';
const shown = 'candidate:1 1 udp 2113937151 192.168.7.20 51034 typ host generation 0';

describe("a peer's candidate", () => {
  it('with a hidden address also comes with the one that the socket sees', () => {
    expect(usableSignals(candidate(hidden), '192.168.7.20')).toEqual([candidate(shown), candidate(hidden)]);
  });

  it('with a real address is taken as it is', () => {
    expect(usableSignals(candidate(shown), '10.0.0.1')).toEqual([candidate(shown)]);
    expect(usableSignals(candidate(hidden), null)).toEqual([candidate(hidden)]);
  });

  it.each([
    '',
    'garbage',
    'candidate:1 1 udp x y z typ host',
    'candidate:1 1 sctp 1 1.2.3.4 5 typ host',
    `${shown}\r\na=evil`,
  ])('is left out where it would destroy the link: %j', (text) => {
    expect(usableSignals(candidate(text), '10.0.0.1')).toEqual([]);
  });

  it('is made usable inside an SDP, too', () => {
    const sdp = `v=0\r\na=${hidden}\r\nm=x\r\n`;
    expect(usableSignals({ type: 'offer', sdp }, '192.168.7.20')).toEqual([
      { type: 'offer', sdp: `v=0\r\na=${shown}\r\na=${hidden}\r\nm=x\r\n` },
    ]);
  });
});

describe('a candidate of an ICE that was restarted since', () => {
  const sdp = 'v=0\r\na=ice-ufrag:new+\r\na=ice-pwd:secret\r\n';

  it('is known by its name', () => {
    expect(ufragOf(sdp)).toBe('new+');
    expect(isOutdated(`${shown} ufrag old/ network-cost 999`, ufragOf(sdp))).toBe(true);
    expect(isOutdated(`${shown} ufrag new+ network-cost 999`, ufragOf(sdp))).toBe(false);
  });

  it('is none where it names no ICE, or no description has come', () => {
    expect(isOutdated(shown, ufragOf(sdp))).toBe(false);
    expect(isOutdated(`${shown} ufrag old/`, null)).toBe(false);
  });
});
