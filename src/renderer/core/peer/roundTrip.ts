/** The part of a candidate pair's statistics in use; not every browser tells all of it. */
interface PairStats {
  type: string;
  nominated?: boolean;
  state?: string;
  /** Seconds between the last STUN check and its answer. */
  currentRoundTripTime?: number;
}

/** The round trip of the path that a connection uses, in ms, as its last STUN check had it; `null` where it isn't known. */
export async function roundTripMs(connection: Pick<RTCPeerConnection, 'getStats'>): Promise<number | null> {
  const report = await connection.getStats();
  for (const stats of report.values() as Iterable<PairStats>) {
    const isInUse =
      stats.type === 'candidate-pair' && stats.nominated === true && stats.state === 'succeeded';
    if (isInUse && stats.currentRoundTripTime !== undefined) return stats.currentRoundTripTime * 1000;
  }
  return null;
}
