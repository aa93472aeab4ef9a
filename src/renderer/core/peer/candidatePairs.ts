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
  /** Seconds, of all checks that were answered. */
  totalRoundTripTime?: number;
  /** Bits a second, as estimated for media. */
  availableOutgoingBitrate?: number;
  packetsReceived?: number;
  bytesReceived?: number;
  responsesReceived?: number;
  requestsReceived?: number;
  /** All checks, those of consent included (Chromium 156, measured). */
  requestsSent?: number;
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
