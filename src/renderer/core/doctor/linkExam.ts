import type { LinkPath } from '../peer/linkPath';

/** What kind of address one end of a pair has (RFC 8445 §5.1.1). */
export type CandidateKind = 'host' | 'srflx' | 'prflx' | 'relay';

/**
 * How a tried pair stands.
 * - `in-use`: packets take it
 * - `works`: it answers, and another one is better
 * - `trying`: asked, and there is still time for an answer
 * - `untried`: nothing was sent over it yet, or another one was found first
 * - `failed`: for the reason in `fault`
 * - `dropped`: the browser has let go of it, as it gave it up or needs it no more; it doesn't tell which
 */
export type PairState = 'in-use' | 'works' | 'trying' | 'untried' | 'failed' | 'dropped';

/**
 * Why a pair failed.
 * - `unanswered`: nothing came back, and nothing came at all
 * - `one-way`: the peer's checks come in, and what this side sends is not answered
 * - `went-silent`: it answered, and then no more
 * - `name-unresolved`: the peer hides the address behind a `.local` name that nobody here answers for
 */
export type PairFault = 'unanswered' | 'one-way' | 'went-silent' | 'name-unresolved';

/** Two ends between which a path was looked for; their addresses are left out. */
export interface TriedPair {
  /** `null` where there is none of this side's, as nobody knows the address of the other end. */
  local: CandidateKind | null;
  remote: CandidateKind;
  protocol: 'udp' | 'tcp';
  /** What this side reaches its TURN server over, where that is in between. */
  via: 'udp' | 'tcp' | 'tls' | null;
  /** `null` where the browser doesn't tell the address. */
  family: 'IPv4' | 'IPv6' | null;
  state: PairState;
  fault: PairFault | null;
  /** STUN checks that were sent, and those that were answered; `null` where the browser doesn't count them (Firefox). */
  asked: number | null;
  answered: number | null;
}

/** What a STUN or TURN server said, or that it said nothing: a code of RFC 8489 or 8656, and 701 of W3C's WebRTC. */
export interface ServerFault {
  kind: 'stun' | 'turn';
  via: 'udp' | 'tcp' | 'tls';
  code: number;
  /** It is at an address that the internet does not reach. */
  isNear: boolean;
}

/** What was measured of the path at one moment; `null` is what isn't known. */
export interface LinkSample {
  /** On a clock that never goes back. */
  atMs: number;
  /** There and back, in ms, of the STUN checks since the last sample, or of the last one; Chromium checks every 2.5 s. */
  roundTripMs: number | null;
  /** Packets of media that did not arrive, from 0 to 1, of the direction that loses more; `null` while no media run. */
  lostFraction: number | null;
}

/** Everything that the doctor can say of a peer link; its words are in the page's i18n folder. */
export type LinkCode =
  | 'direct'
  | 'relayed'
  | 'relayed-on-purpose'
  | 'relayed-for-peer'
  | 'no-udp'
  | 'slow'
  | 'lossy'
  | 'building'
  | 'no-page'
  | 'address-hidden'
  | 'no-own-address'
  | 'no-peer-address'
  | 'names-unresolved'
  | 'unanswered-lan'
  | 'unanswered-internet'
  | 'one-way'
  | 'went-silent'
  | 'no-turn'
  | 'turn-silent'
  | 'stun-unreachable'
  | 'stun-unreachable-lan'
  | 'turn-unreachable'
  | 'turn-credentials'
  | 'turn-refused'
  | 'turn-full'
  | 'server-error';

/** One thing that was found of a link, in the levels of `DoctorFinding`. */
export interface LinkFinding {
  code: LinkCode;
  level: 'good' | 'hint' | 'bad';
  facts: Readonly<Record<string, string | number>>;
}

/** A peer link as the doctor sees it. */
export interface LinkExam {
  isUp: boolean;
  /** `null` without a link, and until the browser tells. */
  path: LinkPath | null;
  /** Of the last minute, oldest first. */
  samples: readonly LinkSample[];
  /** STUN checks of the last minute on the path in use; `null` where the browser doesn't count them. */
  checks: { asked: number; answered: number } | null;
  /** Those in use first; of the last attempt that failed where no link is up. */
  tried: readonly TriedPair[];
  /** What keeps a path from coming about, or is worth knowing of it. */
  findings: readonly LinkFinding[];
}
