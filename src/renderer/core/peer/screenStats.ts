/** How a screen comes, as the browser measures it; `null` where it doesn't tell. */
export interface ScreenStats {
  /** Pictures a second that were decoded. */
  framesPerSecond: number | null;
  /** To the peer and back, as the last STUN check had it. */
  roundTripMs: number | null;
  /** Since the last look. */
  bitsPerSecond: number | null;
  /** Packets of the picture that did not come since the last look, of all, from 0 to 1. */
  lostFraction: number | null;
  /** As `VP9` or `H264`. */
  codec: string | null;
}

/** The numbers that rates are reckoned from. */
interface Counts {
  atMs: number;
  bytes: number;
  packets: number;
  lost: number;
}

/** The part of the statistics in use; not every browser tells all of it (W3C webrtc-stats). */
interface Stats {
  id: string;
  type: string;
  kind?: string;
  timestamp: number;
  codecId?: string;
  framesPerSecond?: number;
  bytesReceived?: number;
  packetsReceived?: number;
  packetsLost?: number;
  mimeType?: string;
  nominated?: boolean;
  state?: string;
  currentRoundTripTime?: number;
}

/** Reads how the video of a connection comes; rates are those since the reading before. */
export class ScreenStatsReader {
  #before: Counts | null = null;

  read(report: Iterable<Stats>): ScreenStats {
    const all = [...report];
    const video = all.find(({ type, kind }) => type === 'inbound-rtp' && kind === 'video');
    const pair = all.find(
      ({ type, nominated, state }) =>
        type === 'candidate-pair' && nominated === true && state === 'succeeded',
    );
    const codec = all.find(({ id, type }) => type === 'codec' && id === video?.codecId);
    return {
      framesPerSecond: video?.framesPerSecond ?? null,
      roundTripMs: pair?.currentRoundTripTime === undefined ? null : pair.currentRoundTripTime * 1000,
      codec: codec?.mimeType?.replace(/^video\//i, '') ?? null,
      ...this.#rates(video),
    };
  }

  #rates(video: Stats | undefined): Pick<ScreenStats, 'bitsPerSecond' | 'lostFraction'> {
    const before = this.#before;
    const now = video && {
      atMs: video.timestamp,
      bytes: video.bytesReceived ?? 0,
      packets: video.packetsReceived ?? 0,
      lost: video.packetsLost ?? 0,
    };
    this.#before = now ?? null;
    if (!now || !before || now.atMs <= before.atMs || now.bytes < before.bytes)
      return { bitsPerSecond: null, lostFraction: null };
    const lost = Math.max(0, now.lost - before.lost);
    const came = Math.max(0, now.packets - before.packets);
    return {
      bitsPerSecond: ((now.bytes - before.bytes) * 8 * 1000) / (now.atMs - before.atMs),
      lostFraction: lost + came === 0 ? null : lost / (lost + came),
    };
  }
}
