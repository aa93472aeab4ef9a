import { describe, expect, it } from 'vitest';
import { HitherError } from '../../../../src/shared/errors';
import { LinkMessage } from '../../../../src/shared/protocol/links';
import { parseMessage } from '../../../../src/shared/protocol/parseMessage';
import { MAX_SIDE_SDP, requireSideSdp } from '../../../../src/shared/protocol/sideLink';
import { recordedSdp } from '../../../support/sdp/recordedSdp';

const offer = recordedSdp['data-offer']!;
const fingerprintIn = (sdp: string): string =>
  /a=fingerprint:sha-256 (\S+)/.exec(sdp)![1]!.replaceAll(':', '').toLowerCase();

function refusal(sdp: string, fingerprint: string): unknown {
  try {
    requireSideSdp(sdp, fingerprint);
    return null;
  } catch (error) {
    return error instanceof HitherError ? error.code : error;
  }
}

describe('the SDP of a side link', () => {
  it.each(['data-offer', 'data-answer', 'data-offer-trickle'])('is one of data alone, as %s', (name) => {
    const sdp = recordedSdp[name]!;
    expect(refusal(sdp, fingerprintIn(sdp))).toBeNull();
  });

  it('names the certificate that the peer has signed for', () => {
    expect(refusal(offer, 'f'.repeat(64))).toBe('tampered');
  });

  it.each(['screen-offer', 'screen-sound-answer', 'four-screens-sound-offer'])(
    'brings no media, as %s does',
    (name) => {
      const sdp = recordedSdp[name]!;
      expect(refusal(sdp, fingerprintIn(sdp))).toBe('protocol-violation');
    },
  );

  it('brings no media in place of the data channel either', () => {
    const media = offer.replace(/^m=application (\d+) \S+ .*$/m, 'm=video $1 UDP/TLS/RTP/SAVPF 96');
    expect(media).not.toBe(offer);
    expect(refusal(media, fingerprintIn(offer))).toBe('protocol-violation');
  });

  it.each(['v=0', '', 'nonsense', `${offer}\u0000`])('is not garbage: %j', (sdp) => {
    expect(refusal(sdp, fingerprintIn(offer))).toBe('protocol-violation');
  });
});

describe('messages about side links', () => {
  it.each(['side-offer', 'side-answer'])('have bounds: %s', (type) => {
    const parse = (side: unknown, sdp: unknown) =>
      parseMessage(LinkMessage, JSON.stringify({ type, side, sdp }));
    expect(parse(1, offer)).toEqual({ type, side: 1, sdp: offer });
    expect(parse(0xffff_ffff, 'x'.repeat(MAX_SIDE_SDP))).not.toBeNull();
    for (const side of [0, -1, 1.5, 2 ** 32, '1', null]) expect(parse(side, offer)).toBeNull();
    for (const sdp of ['', 'x'.repeat(MAX_SIDE_SDP + 1), 7, null]) expect(parse(1, sdp)).toBeNull();
  });
});
