import { z } from 'zod';
import { HitherError } from '../errors';
import { requireFingerprint } from './sdp';

/** Connections that one peer link may have beside it at a time: see docs/performance.md for why so many. */
export const MAX_SIDE_LINKS = 7;
/**
 * Longest SDP of a side link, in characters. One with a data channel and two candidates has 1,000 in Chromium; every
 * network interface adds some 150.
 */
export const MAX_SIDE_SDP = 16 * 1024;

/** Names a side link: numbers only go up in the life of a peer link. */
const SideNumber = z.int().min(1).max(0xffff_ffff);
const SideSdp = z.string().min(1).max(MAX_SIDE_SDP);

/** The initiator of the peer link wants one more connection; the SDP has all of its candidates. */
export const SideOffer = z.object({ type: z.literal('side-offer'), side: SideNumber, sdp: SideSdp });
export type SideOffer = z.infer<typeof SideOffer>;

export const SideAnswer = z.object({ type: z.literal('side-answer'), side: SideNumber, sdp: SideSdp });
export type SideAnswer = z.infer<typeof SideAnswer>;

/**
 * Checks the SDP of a side link before a browser sees it: as every SDP, and with a data channel as its one section.
 * @param expectedHex SHA-256 of the certificate that the peer has signed for, 64 lower-case hex digits
 * @throws HitherError `protocol-violation` with the rule, or `tampered` where it names another certificate
 */
export function requireSideSdp(sdp: string, expectedHex: string): void {
  const { mediaCount } = requireFingerprint(sdp, expectedHex);
  if (mediaCount !== 1 || !/^m=application /m.test(sdp))
    throw new HitherError('protocol-violation', { rule: 'media' });
}
