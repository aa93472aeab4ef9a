import { type PairStats, selectedPair } from '../peer/candidatePairs';
import type { CandidateKind, PairFault, PairState, TriedPair } from './linkExam';

/** Pairs that are kept: a machine with five networks on either side has fifty, and a peer may name far more. */
const MAX_PAIRS = 200;
/** Ends of the peer's that are remembered: twice the candidates that a page takes of it at once. */
const MAX_REMOTE_ENDS = 512;
/** Checks without an answer after which nobody waits for one: Chromium has sent so many after two seconds. */
const ENOUGH_CHECKS = 5;

/** One end of a pair, as browsers tell it (W3C webrtc-stats). */
interface CandidateStats {
  type: string;
  candidateType?: string;
  protocol?: string;
  relayProtocol?: string;
  address?: string | null;
  port?: number;
}

interface KeptPair {
  stats: PairStats;
  local: CandidateStats;
  remote: CandidateStats;
  /** Whether the last report still had it: Chromium drops those that it has given up, and those that it needs no more. */
  isPresent: boolean;
  isSelected: boolean;
}

const ORDER: Readonly<Record<PairState, number>> = {
  'in-use': 0,
  works: 1,
  trying: 2,
  failed: 3,
  dropped: 4,
  untried: 5,
};

/**
 * The pairs of candidates in a connection's reports, each as it was when it was last seen. One that came and went between two
 * reports is in none.
 */
export class PairLog {
  readonly #pairs = new Map<string, KeptPair>();
  readonly #remoteEnds = new Set<string>();
  readonly #localKinds = new Set<string>();

  /** Takes a report of the connection's. */
  note(report: RTCStatsReport): void {
    const all = report as unknown as ReadonlyMap<string, CandidateStats & PairStats>;
    const selected = selectedPair(report)?.id;
    for (const pair of this.#pairs.values()) pair.isPresent = false;
    for (const [id, stats] of all) {
      if (stats.type === 'local-candidate') this.#localKinds.add(stats.candidateType ?? '');
      if (stats.type === 'remote-candidate') this.#noteRemote(`${stats.protocol} ${stats.port}`);
      if (stats.type !== 'candidate-pair') continue;
      const local = all.get(stats.localCandidateId ?? '');
      const remote = all.get(stats.remoteCandidateId ?? '');
      if (!local || !remote || (!this.#pairs.has(id) && !this.#makeRoom())) continue;
      this.#pairs.set(id, { stats, local, remote, isPresent: true, isSelected: id === selected });
    }
  }

  /** Whether this side has found a candidate of a kind; of any kind where none is named. */
  hasLocal(kind?: CandidateKind): boolean {
    return kind === undefined ? this.#localKinds.size > 0 : this.#localKinds.has(kind);
  }

  /** Whether an end of the peer's with this protocol and port was in a report, among the last 512. */
  hasRemote(protocol: string, port: number): boolean {
    return this.#remoteEnds.has(`${protocol} ${port}`);
  }

  /** Whether anything was ever answered. */
  get hasAnswer(): boolean {
    return [...this.#pairs.values()].some(({ stats }) => answersOf(stats) > 0);
  }

  /** @param isOver the connection is given up: what is not answered by now never will be */
  tried(isOver: boolean): TriedPair[] {
    const pairs = [...this.#pairs.values()].map((pair) => triedOf(pair, isOver));
    return pairs.sort((a, b) => ORDER[a.state] - ORDER[b.state]);
  }

  /** Those that came first make way. */
  #noteRemote(end: string): void {
    this.#remoteEnds.add(end);
    if (this.#remoteEnds.size <= MAX_REMOTE_ENDS) return;
    for (const first of this.#remoteEnds) {
      this.#remoteEnds.delete(first);
      return;
    }
  }

  #makeRoom(): boolean {
    if (this.#pairs.size < MAX_PAIRS) return true;
    for (const [id, { isPresent }] of this.#pairs) if (!isPresent) return this.#pairs.delete(id);
    return false;
  }
}

function triedOf(pair: KeptPair, isOver: boolean): TriedPair {
  const { stats, local, remote } = pair;
  const { state, fault } = standingOf(pair, isOver);
  return {
    local: kindOf(local),
    remote: kindOf(remote),
    protocol: local.protocol === 'tcp' ? 'tcp' : 'udp',
    via: local.candidateType === 'relay' ? viaOf(local.relayProtocol) : null,
    family: familyOf(remote.address) ?? familyOf(local.address),
    ...{ state, fault },
    asked: stats.requestsSent ?? null,
    answered: stats.responsesReceived ?? null,
  };
}

function standingOf(pair: KeptPair, isOver: boolean): { state: PairState; fault: PairFault | null } {
  const { stats, isPresent, isSelected } = pair;
  if (!isPresent && !isOver) return { state: 'dropped', fault: null };
  // Firefox counts no checks: there the state alone tells.
  const asked = stats.requestsSent ?? (stats.state === 'frozen' || stats.state === 'waiting' ? 0 : 1);
  const failed = (fault: PairFault) => ({ state: 'failed', fault }) as const;
  if (answersOf(stats) > 0) {
    if (isOver || stats.state === 'failed') return failed('went-silent');
    return { state: isSelected ? 'in-use' : 'works', fault: null };
  }
  if (asked === 0 && stats.state !== 'failed') return { state: 'untried', fault: null };
  const isHopeless = isOver || stats.state === 'failed' || asked >= ENOUGH_CHECKS;
  if (!isHopeless) return { state: 'trying', fault: null };
  return failed((stats.requestsReceived ?? 0) > 0 ? 'one-way' : 'unanswered');
}

/** Firefox counts none: a pair that works has one. */
function answersOf({ responsesReceived, state }: PairStats): number {
  return responsesReceived ?? (state === 'succeeded' ? 1 : 0);
}

function kindOf({ candidateType }: CandidateStats): CandidateKind {
  const isKnown = candidateType === 'srflx' || candidateType === 'prflx' || candidateType === 'relay';
  return isKnown ? candidateType : 'host';
}

function viaOf(told: string | undefined): TriedPair['via'] {
  return told === 'udp' || told === 'tcp' || told === 'tls' ? told : null;
}

/** A hidden address tells no family. */
function familyOf(address: string | null | undefined): TriedPair['family'] {
  if (!address || address.endsWith('.local')) return null;
  return address.includes(':') ? 'IPv6' : 'IPv4';
}
