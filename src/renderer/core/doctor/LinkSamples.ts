import { type PairStats, selectedPair } from '../peer/candidatePairs';
import type { LinkExam, LinkSample } from './linkExam';

/** How far back samples go, in ms. */
const SPAN_MS = 60_000;
/** A round trip says nothing of a path that has not answered for so long, in ms: two of Chromium's checks. */
const STALE_MS = 6_000;
/** A report of the other side's on what it lost is as old as this at most, in ms; RTCP sends one every second or so. */
const OLD_MS = 10_000;

/** The parts of a report that tell of lost media. */
interface MediaStats {
  id: string;
  type: string;
  timestamp: number;
  packetsLost?: number;
  packetsReceived?: number;
  fractionLost?: number;
}

/** The checks of the pair in use, so far. */
interface Counts {
  pairId: string;
  asked: number | null;
  answered: number | null;
  roundTripsS: number | null;
}

interface Kept extends LinkSample {
  counts: Counts | null;
}

/** What was measured of a link's path in the last minute. */
export class LinkSamples {
  #kept: Kept[] = [];
  #answeredAtMs = 0;
  /** Of the streams of the last report: a peer may begin and end as many as it likes. */
  #received = new Map<string, { lost: number; came: number }>();

  /** Of the last minute, oldest first. */
  get all(): LinkSample[] {
    return this.#kept.map(({ atMs, lostFraction, roundTripMs }) => ({ atMs, roundTripMs, lostFraction }));
  }

  /**
   * STUN checks of the pair in use since it is in the samples. Only those count that had a whole sample's time to be
   * answered in, so that one that is on its way is not taken for a lost one.
   */
  get checks(): LinkExam['checks'] {
    const last = this.#kept.at(-1)?.counts;
    const same = this.#kept.map(({ counts }) => counts).filter((each) => each?.pairId === last?.pairId);
    const [first, before] = [same[0], same.at(-2)];
    if (!first || !before || !last || same.length < 3) return null;
    if (first.asked === null || before.asked === null) return null;
    if (first.answered === null || last.answered === null) return null;
    const asked = before.asked - first.asked;
    return { asked, answered: Math.min(asked, last.answered - first.answered) };
  }

  /**
   * Takes a report of the connection's; `null` while there is none, which leaves a gap.
   * @param nowMs on a clock that never goes back
   */
  note(report: RTCStatsReport | null, nowMs: number): void {
    const pair = report && selectedPair(report);
    const sample: Kept = {
      atMs: nowMs,
      roundTripMs: pair && this.#roundTripMs(pair, nowMs),
      lostFraction: report && this.#lost(report),
      counts: pair && countsOf(pair),
    };
    this.#kept = [...this.#kept, sample].filter(({ atMs }) => nowMs - atMs <= SPAN_MS);
  }

  #roundTripMs(pair: PairStats, nowMs: number): number | null {
    const before = this.#kept.at(-1)?.counts;
    const now = countsOf(pair);
    const isSame = before?.pairId === now.pairId;
    const came = isSame ? (now.answered ?? 0) - (before.answered ?? 0) : 0;
    if (!isSame || came > 0 || now.answered === null) this.#answeredAtMs = nowMs;
    if (nowMs - this.#answeredAtMs > STALE_MS) return null;
    if (isSame && came > 0 && now.roundTripsS !== null && before.roundTripsS !== null)
      return ((now.roundTripsS - before.roundTripsS) / came) * 1000;
    return pair.currentRoundTripTime === undefined ? null : pair.currentRoundTripTime * 1000;
  }

  /** What the peer says it lost of ours (RTCP), and what we count of its packets: the worse of both. */
  #lost(report: RTCStatsReport): number | null {
    const all = [...report.values()] as MediaStats[];
    const newestMs = Math.max(0, ...all.map(({ timestamp }) => timestamp || 0));
    const told = all
      .filter(({ type, timestamp }) => type === 'remote-inbound-rtp' && newestMs - timestamp < OLD_MS)
      .map(({ fractionLost }) => fractionLost);
    const before = this.#received;
    this.#received = new Map();
    const counted = all
      .filter(({ type }) => type === 'inbound-rtp')
      .map((each) => this.#lostOf(each, before.get(each.id)));
    const known = [...told, ...counted].filter((each) => typeof each === 'number');
    return known.length === 0 ? null : Math.max(...known);
  }

  #lostOf(
    { id, packetsLost = 0, packetsReceived = 0 }: MediaStats,
    before: { lost: number; came: number } | undefined,
  ): number | null {
    this.#received.set(id, { lost: packetsLost, came: packetsReceived });
    if (!before) return null;
    const lost = Math.max(0, packetsLost - before.lost);
    const came = Math.max(0, packetsReceived - before.came);
    return lost + came === 0 ? null : lost / (lost + came);
  }
}

function countsOf(pair: PairStats): Counts {
  return {
    pairId: pair.id ?? '',
    asked: pair.requestsSent ?? null,
    answered: pair.responsesReceived ?? null,
    roundTripsS: pair.totalRoundTripTime ?? null,
  };
}
