import type { LinkPath } from '../peer/linkPath';
import type { LinkEvidence } from './LinkEvidence';
import type { LinkCode, LinkFinding, LinkSample, PairFault, TriedPair } from './linkExam';
import { faultCode } from './serverFaults';

/** From here on a person notices the delay of a screen, in ms. */
const SLOW_MS = 300;
/** From here on pictures and files suffer: of all packets, over the last ten samples. */
const LOSSY = 0.02;

/** How a link stands, beside what was tried. */
export interface LinkStanding {
  isUp: boolean;
  /** The session has ended, and nothing is tried any more. */
  isOver: boolean;
  path: LinkPath | null;
  /** Whether the session leads beyond this network; else no server is asked, or one that is of this network itself. */
  isBeyondLan: boolean;
  /** Whether the browser has a TURN server to ask. */
  hasTurn: boolean;
  /** The person's address is to be hidden: TURN servers alone may be used. */
  mustRelay: boolean;
  /** The same, and there is no TURN server. */
  isBlocked: boolean;
  /** Whether the other device has its page open, without which there is nobody to link with. */
  hasPeerPage: boolean;
}

/**
 * What is to be said of a link.
 * @param evidence of the link that is up, or of the last attempt; `null` before the first one
 * @param samples of the last minute
 */
export function linkFindings(
  standing: LinkStanding,
  evidence: LinkEvidence | null,
  samples: readonly LinkSample[],
): LinkFinding[] {
  const { hasPeerPage, isBlocked, isOver, isUp } = standing;
  if (isBlocked) return [finding('bad', 'address-hidden')];
  if (!hasPeerPage && !isOver) return [finding('hint', 'no-page')];
  if (evidence === null) return isUp || isOver ? [] : [finding('hint', 'building')];
  const told = isUp ? upFindings(standing, evidence, samples) : downFindings(standing, evidence);
  return [...told, ...serverFindings(standing, evidence)];
}

function* upFindings(
  { path, mustRelay }: LinkStanding,
  { isPeerHidden, tried }: LinkEvidence,
  samples: readonly LinkSample[],
): Generator<LinkFinding> {
  if (path?.kind === 'relay') {
    const count = tried.filter((pair) => isDirect(pair) && hasFailed(pair)).length;
    if (mustRelay) yield finding('good', 'relayed-on-purpose');
    else yield isPeerHidden ? finding('good', 'relayed-for-peer') : finding('hint', 'relayed', { count });
    if (path.via === 'tcp' || path.via === 'tls') yield finding('hint', 'no-udp');
  } else if (path) yield finding('good', 'direct');
  const now = samples.at(-1)?.roundTripMs ?? 0;
  if (now >= SLOW_MS) yield finding('hint', 'slow', { ms: Math.round(now) });
  const losses = samples.slice(-10).flatMap(({ lostFraction }) => lostFraction ?? []);
  const lost = losses.reduce((sum, each) => sum + each, 0) / Math.max(1, losses.length);
  if (lost >= LOSSY) yield finding('hint', 'lossy', { percent: Math.round(lost * 100) });
}

function* downFindings(standing: LinkStanding, evidence: LinkEvidence): Generator<LinkFinding> {
  const { isBeyondLan, hasTurn, isOver } = standing;
  if (!evidence.isOver) {
    if (!isOver) yield finding('hint', 'building');
    return;
  }
  yield* pathFindings(standing, evidence);
  if (isBeyondLan && !hasTurn) yield finding('bad', 'no-turn');
  const isToldOf = evidence.faults.some(({ kind }) => kind === 'turn');
  if (hasTurn && !evidence.has('relay') && !isToldOf) yield finding('bad', 'turn-silent');
}

function* pathFindings(
  { isBeyondLan, mustRelay }: LinkStanding,
  evidence: LinkEvidence,
): Generator<LinkFinding> {
  // A hidden address has no way to try without its TURN server: what became of that server says it all.
  if (mustRelay && !evidence.has('relay')) return;
  const { tried } = evidence;
  const why = mainFault(tried);
  if (!evidence.hasOwnAddress) yield finding('bad', 'no-own-address');
  else if (!evidence.hasPeerAddress) yield finding('bad', 'no-peer-address');
  else if (why !== null) {
    const count = tried.filter(({ fault }) => fault === why).length;
    yield finding('bad', codeOf(why, isBeyondLan), { count });
  }
}

/** What tells most of all that failed: what came halfway, before what never came. */
function mainFault(tried: readonly TriedPair[]): PairFault | null {
  const order: PairFault[] = ['went-silent', 'one-way', 'unanswered', 'name-unresolved'];
  return order.find((fault) => tried.some((pair) => pair.fault === fault)) ?? null;
}

function codeOf(fault: PairFault, isBeyondLan: boolean): LinkCode {
  if (fault === 'unanswered') return isBeyondLan ? 'unanswered-internet' : 'unanswered-lan';
  return fault === 'name-unresolved' ? 'names-unresolved' : fault;
}

/** One that was let go of without an answer led nowhere either. */
function hasFailed({ asked, answered, state }: TriedPair): boolean {
  return state === 'failed' || (state === 'dropped' && asked !== 0 && answered === 0);
}

function isDirect({ local, remote }: TriedPair): boolean {
  return local !== 'relay' && remote !== 'relay';
}

/** One that gave what it was asked for on one of this machine's networks need not on the others. */
function* serverFindings(
  { isBeyondLan, isUp }: LinkStanding,
  evidence: LinkEvidence,
): Generator<LinkFinding> {
  for (const fault of evidence.faults) {
    if (evidence.has(fault.kind === 'turn' ? 'relay' : 'srflx')) continue;
    const { kind, via, code } = fault;
    const level = kind === 'turn' && !isUp ? 'bad' : 'hint';
    yield finding(level, faultCode(fault, isBeyondLan), {
      kind: kind.toUpperCase(),
      via: via.toUpperCase(),
      code,
    });
  }
}

function finding(level: LinkFinding['level'], code: LinkCode, facts: LinkFinding['facts'] = {}): LinkFinding {
  return { code, level, facts };
}
