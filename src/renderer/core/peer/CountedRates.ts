/** The parts of a stream's statistics in use; not every browser tells all of them (W3C webrtc-stats). */
export interface RtpStats {
  id: string;
  type: string;
  kind?: string;
  /** In ms. */
  timestamp: number;
  codecId?: string;
  mediaSourceId?: string;
  trackIdentifier?: string;
  frameWidth?: number;
  frameHeight?: number;
  framesPerSecond?: number;
  bytesSent?: number;
  bytesReceived?: number;
  packetsReceived?: number;
  packetsLost?: number;
  framesEncoded?: number;
  framesDecoded?: number;
  /** In seconds, like all times below. */
  totalEncodeTime?: number;
  totalProcessingDelay?: number;
  totalFreezesDuration?: number;
  freezeCount?: number;
  jitter?: number;
  encoderImplementation?: string;
  decoderImplementation?: string;
  powerEfficientEncoder?: boolean;
  powerEfficientDecoder?: boolean;
  qualityLimitationReason?: 'none' | 'cpu' | 'bandwidth' | 'other';
}

/** What is reckoned from two readings of one stream. */
export interface Rates {
  bitsPerSecond: number | null;
  lostFraction: number | null;
  processingMs: number | null;
  frozenMs: number | null;
}

const UNKNOWN: Rates = { bitsPerSecond: null, lostFraction: null, processingMs: null, frozenMs: null };

/** Below so many bits a second nothing changes on the screen, and that few pictures come is no freeze, whatever a browser counts. */
const STILL_BITS = 100_000;

/** Makes rates of counters that only go up. */
export class CountedRates {
  #before: RtpStats | null = null;
  /** Freezes of the stream while it moved. */
  #freezes = 0;

  get freezes(): number {
    return this.#freezes;
  }

  /** Since the reading before; `null` for the first one of a stream. */
  read(now: RtpStats): Rates {
    const before = this.#before;
    this.#before = now;
    if (before?.id !== now.id) this.#freezes = 0;
    if (before?.id !== now.id || now.timestamp <= before.timestamp || bytesOf(now) < bytesOf(before))
      return UNKNOWN;
    const seconds = (now.timestamp - before.timestamp) / 1000;
    const lost = Math.max(0, (now.packetsLost ?? 0) - (before.packetsLost ?? 0));
    const came = Math.max(0, (now.packetsReceived ?? 0) - (before.packetsReceived ?? 0));
    const frames = framesOf(now) - framesOf(before);
    const worked = workOf(now) - workOf(before);
    const frozen = (now.totalFreezesDuration ?? Number.NaN) - (before.totalFreezesDuration ?? 0);
    const bitsPerSecond = ((bytesOf(now) - bytesOf(before)) * 8) / seconds;
    const isMoving = bitsPerSecond >= STILL_BITS;
    if (isMoving) this.#freezes += Math.max(0, (now.freezeCount ?? 0) - (before.freezeCount ?? 0));
    return {
      bitsPerSecond,
      lostFraction: lost + came === 0 ? null : lost / (lost + came),
      processingMs: frames > 0 ? known((worked / frames) * 1000) : null,
      frozenMs: known(isMoving ? frozen * 1000 : frozen * 0),
    };
  }
}

function bytesOf({ bytesSent, bytesReceived }: RtpStats): number {
  return bytesSent ?? bytesReceived ?? 0;
}

function framesOf({ framesEncoded, framesDecoded }: RtpStats): number {
  return framesEncoded ?? framesDecoded ?? 0;
}

function workOf({ totalEncodeTime, totalProcessingDelay }: RtpStats): number {
  return totalEncodeTime ?? totalProcessingDelay ?? Number.NaN;
}

function known(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
