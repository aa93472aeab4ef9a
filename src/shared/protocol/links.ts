import { z } from 'zod';
import { SideAnswer, SideOffer } from './sideLink';

/** Longest SDP taken from a peer, in characters; an offer with a screen, sound and a data channel has about 8,000. */
const MAX_SDP = 65_536;

const Candidate = z.object({
  candidate: z.string().max(1024),
  sdpMLineIndex: z.int().min(0).max(64).nullable().optional(),
  sdpMid: z.string().max(32).nullable().optional(),
});

/** What simple-peer hands over for its twin, checked before it may reach one: a malformed signal destroys a peer. */
export const RtcSignal = z.discriminatedUnion('type', [
  z.object({ type: z.literal('offer'), sdp: z.string().min(1).max(MAX_SDP) }),
  z.object({ type: z.literal('answer'), sdp: z.string().min(1).max(MAX_SDP) }),
  z.object({ type: z.literal('candidate'), candidate: Candidate }),
  z.object({
    type: z.literal('renegotiate'),
    renegotiate: z.literal(true),
    /** ICE is to be restarted with it: the way to the side that asks has changed, or fell silent. */
    iceRestart: z.literal(true).optional(),
  }),
  z.object({
    type: z.literal('transceiverRequest'),
    transceiverRequest: z.object({ kind: z.enum(['audio', 'video']) }),
  }),
]);
export type RtcSignal = z.infer<typeof RtcSignal>;

/** Names a peer link of a session: a random number, as clocks can jump and a page that was reloaded has no memory. */
const LinkNumber = z.int().min(1).max(0xffff_ffff);

/** The feature that peer links are made by. */
export const LINKS_FEATURE = 'links';

/** What two pages say to each other to make peer links, and side links beside them. */
export const LinkMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('signal'), link: LinkNumber, signal: RtcSignal }),
  /** The initiator is asked to replace `link`, which is broken as seen from here; 0 where there is none. */
  z.object({ type: z.literal('relink'), link: z.literal(0).or(LinkNumber) }),
  SideOffer,
  SideAnswer,
]);
export type LinkMessage = z.infer<typeof LinkMessage>;
