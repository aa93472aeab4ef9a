/** One entry of a report, as a browser names it (W3C webrtc-stats). */
export type MadeUpStats = { id: string; type: string } & Record<string, unknown>;

/** A report as `getStats` gives it. */
export function statsReport(...stats: readonly MadeUpStats[]): RTCStatsReport {
  return new Map(stats.map((each) => [each.id, each]));
}

/** A pair of candidates and its two ends, which are called `L` and `R` and the pair's id. */
export function pairStats(
  id: string,
  pair: Record<string, unknown>,
  local: Record<string, unknown> = {},
  remote: Record<string, unknown> = {},
): MadeUpStats[] {
  const [localCandidateId, remoteCandidateId] = [`L${id}`, `R${id}`];
  return [
    { id, type: 'candidate-pair', localCandidateId, remoteCandidateId, ...pair },
    { id: localCandidateId, type: 'local-candidate', candidateType: 'host', protocol: 'udp', ...local },
    { id: remoteCandidateId, type: 'remote-candidate', candidateType: 'host', protocol: 'udp', ...remote },
  ];
}

/** What Chromium says of the pair in use. */
export function transportOf(selectedCandidatePairId: string): MadeUpStats {
  return { id: 'T', type: 'transport', selectedCandidatePairId };
}
