/** The parts of a browser's report on a connection that are read here; not every browser tells all of them. */
export interface PairStats {
  id?: string;
  type: string;
  nominated?: boolean;
  state?: string;
  /** Firefox says of the pair what other browsers say of the transport. */
  selected?: boolean;
  selectedCandidatePairId?: string;
  localCandidateId?: string;
  remoteCandidateId?: string;
  /** Seconds between the last STUN check and its answer. */
  currentRoundTripTime?: number;
  packetsReceived?: number;
  bytesReceived?: number;
  responsesReceived?: number;
  requestsReceived?: number;
  /** When the report was made, and when the last packet came, by the same clock, in ms; Firefox's reports lack the latter. */
  timestamp?: number;
  lastPacketReceivedTimestamp?: number;
}

/** The pair of candidates that a connection uses; `null` before there is one. */
export function selectedPair(report: RTCStatsReport): PairStats | null {
  const all = [...report.values()] as PairStats[];
  const pairs = all.filter(({ type }) => type === 'candidate-pair');
  const named = all.find(({ type }) => type === 'transport')?.selectedCandidatePairId;
  return (
    pairs.find(({ id, selected }) => (named !== undefined && id === named) || selected === true) ??
    pairs.find(({ nominated, state }) => nominated === true && state === 'succeeded') ??
    null
  );
}

/** How much has come over each pair of candidates so far, STUN's checks included; the unit means nothing. */
export function heardByPair(report: RTCStatsReport): Map<string, number> {
  const heard = new Map<string, number>();
  for (const stats of report.values() as Iterable<PairStats>) {
    if (stats.type !== 'candidate-pair' || stats.id === undefined) continue;
    const { packetsReceived = 0, bytesReceived = 0, responsesReceived = 0, requestsReceived = 0 } = stats;
    heard.set(stats.id, packetsReceived + bytesReceived + responsesReceived + requestsReceived);
  }
  return heard;
}

/** How long ago the last packet came over any pair, in ms; 0 where the browser does not say. */
export function lastHeardMs(report: RTCStatsReport): number {
  let agoMs = Number.POSITIVE_INFINITY;
  for (const {
    type,
    timestamp,
    lastPacketReceivedTimestamp: cameAt,
  } of report.values() as Iterable<PairStats>)
    if (type === 'candidate-pair' && timestamp !== undefined && cameAt)
      agoMs = Math.min(agoMs, timestamp - cameAt);
  return Number.isFinite(agoMs) ? Math.max(0, agoMs) : 0;
}
