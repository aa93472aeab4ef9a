import { selectedPair } from './candidatePairs';

/** The round trip of the path that a connection uses, in ms, as its last STUN check had it; `null` where it isn't known. */
export async function roundTripMs(connection: Pick<RTCPeerConnection, 'getStats'>): Promise<number | null> {
  const seconds = selectedPair(await connection.getStats())?.currentRoundTripTime;
  return seconds === undefined ? null : seconds * 1000;
}
