import { describe, expect, it } from 'vitest';
import {
  isOutdated,
  sdpWithoutAddresses,
  ufragOf,
  usableSignals,
  withoutAddresses,
} from '../../../../src/renderer/core/peer/candidates';
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

describe('a signal of a side that hides its address', () => {
  const relayed =
    'candidate:1 1 udp 1 198.51.100.9 50000 typ relay raddr 203.0.113.7 rport 4711 generation 0';
  const shownRelayed = 'candidate:1 1 udp 1 198.51.100.9 50000 typ relay raddr 0.0.0.0 rport 0 generation 0';
  const srflx = 'candidate:2 1 udp 1 203.0.113.7 4711 typ srflx raddr 192.168.7.20 rport 4711';

  it('names the TURN server’s address alone', () => {
    for (const text of [shown, hidden, srflx, '']) expect(withoutAddresses(candidate(text))).toBeNull();
    expect(withoutAddresses(candidate(relayed))).toEqual(candidate(shownRelayed));
    const sdp = `v=0\r\na=ice-ufrag:abcd\r\na=${shown}\r\na=${srflx}\r\na=${relayed}\r\na=end-of-candidates\r\n`;
    const rest = `v=0\r\na=ice-ufrag:abcd\r\na=${shownRelayed}\r\na=end-of-candidates\r\n`;
    expect(withoutAddresses({ type: 'offer', sdp })).toEqual({ type: 'offer', sdp: rest });
    expect(sdpWithoutAddresses(sdp)).toBe(rest);
  });

  it('is left as it is where it is about something else', () => {
    const signal: RtcSignal = { type: 'renegotiate', renegotiate: true };
    expect(withoutAddresses(signal)).toBe(signal);
  });
});
