/** What a browser tells of the media that a connection sends; `null` where it doesn't. */
export interface MediaStats {
  /** What it thinks the path carries of media, in bytes a second. */
  estimate: number | null;
  /** What all tracks together may have at most, in bytes a second; `null` where one has no bound. */
  most: number | null;
  /** Bytes of media that went out so far, headers and what was sent again included. */
  sentBytes: number;
}

/** The parts of a report in use; not every browser tells all of them. */
interface Stats {
  type: string;
  nominated?: boolean;
  /** Bits a second. */
  availableOutgoingBitrate?: number;
  bytesSent?: number;
  headerBytesSent?: number;
}

/** How the media of a connection are doing on their way out. Rejects where the connection is gone. */
export async function mediaStats(
  connection: Pick<RTCPeerConnection, 'getStats' | 'getSenders'>,
): Promise<MediaStats> {
  const report = await connection.getStats();
  let bits: number | null = null;
  let sentBytes = 0;
  for (const stats of report.values() as Iterable<Stats>) {
    // Whatever its state: it is `in-progress` again for the time of each check.
    if (stats.type === 'candidate-pair' && stats.nominated === true)
      bits = stats.availableOutgoingBitrate ?? bits;
    if (stats.type === 'outbound-rtp') sentBytes += (stats.bytesSent ?? 0) + (stats.headerBytesSent ?? 0);
  }
  const bounds = connection
    .getSenders()
    .filter(({ track }) => track !== null)
    .flatMap((sender) => sender.getParameters().encodings)
    .map(({ maxBitrate = Number.POSITIVE_INFINITY }) => maxBitrate);
  const most = bounds.reduce((sum, each) => sum + each, 0) / 8;
  // Without a track it is a guess that nothing was ever sent on.
  const hasTracks = bounds.length > 0;
  return {
    estimate: hasTracks && bits !== null ? bits / 8 : null,
    most: hasTracks && Number.isFinite(most) ? most : null,
    sentBytes,
  };
}
