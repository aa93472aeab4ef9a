import { describe, expect, it } from 'vitest';
import { inStereo } from '../../../../src/renderer/core/peer/stereoSound';
import { recordedSdp } from '../../../support/sdp/recordedSdp';
import { requireFingerprint } from '../../../../src/shared/protocol/sdp';

const fmtps = (sdp: string) => sdp.split('\r\n').filter((line) => line.startsWith('a=fmtp:111'));

describe('an SDP that takes stereo', () => {
  it('says so of Opus in each of its sections, and changes nothing else', () => {
    const sdp = recordedSdp['four-screens-sound-offer']!;
    const changed = inStereo(sdp);
    expect(fmtps(sdp).length).toBeGreaterThan(1);
    expect(fmtps(changed)).toEqual(fmtps(sdp).map((line) => `${line};stereo=1`));
    expect(changed.replaceAll(';stereo=1', '')).toBe(sdp);
    expect(inStereo(changed)).toBe(changed);
  });

  it('stays as it is where there is no sound, or where a browser has said it already', () => {
    const silent = recordedSdp['screen-offer']!;
    expect(inStereo(silent)).toBe(silent);
    const said = 'a=rtpmap:109 opus/48000/2\r\na=fmtp:109 maxplaybackrate=48000;stereo=0;useinbandfec=1\r\n';
    expect(inStereo(said)).toBe(said);
  });

  it('passes the checks of the other side', () => {
    const sdp = recordedSdp['screen-sound-answer']!;
    const hex = /a=fingerprint:sha-256 (\S+)/.exec(sdp)?.[1]?.replaceAll(':', '').toLowerCase() ?? '';
    expect(requireFingerprint(inStereo(sdp), hex).mediaCount).toBe(requireFingerprint(sdp, hex).mediaCount);
  });
});
