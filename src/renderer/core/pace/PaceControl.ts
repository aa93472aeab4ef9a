/** What files may always have, in bytes a second: 4 % of a line of 3 Mbit/s. They must not starve either. */
const LEAST_BYTES_PER_SECOND = 16 * 1024;
/** What they begin with where nothing is known of the path: 1 Mbit/s. */
const START_BYTES_PER_SECOND = 128 * 1024;
/**
 * The queue that they may make, in ms. The media's own congestion control heeds how a queue grows: at 40 to 60 ms it was seen to cut
 * the picture to a fifth, for eight seconds.
 */
const TARGET_MS = 20;
/** From here on, in ms, they all but stop until the queue is gone. */
const TOO_LONG_MS = 45;
/** So much longer may both be where media only come: what waits then is the word of what came and what is missing. */
const WORDS_ALONE = 2;
/** From one step up to the next, in ms, beside the round trip: only then the delays show what the last one has done. */
const STEP_MS = 200;
/** What a step adds while nothing is known to be in the way: more each time. */
const SEARCHING_GAIN = { first: 0.06, most: 0.5, mostNear: 1 };
/** What one adds on the way back to where something was in the way, and from there on. */
const RETURNING_GAIN = 0.2;
const CAREFUL_GAIN = 0.03;
/** Of the speed that was too much: where it goes on when the queue is gone, and where it stays for a while. */
const AFTER = 0.75;
const NEAR = 0.8;
/** How long they stay there, in ms: twice as long each time, as the line has shown what it can. */
const HOLD_MS = { first: 3_000, longest: 20_000 };
/** So much above what was too much once, or was thought to be, there is more room than that. */
const BEYOND = 1.25;
/** Of the browser's estimate: less than that is not believed to be too much, as a busy machine is late, too. */
const BELIEVED = 0.8;
/**
 * Below this round trip, in ms, a path is a local network: mostly a fast one, whose queues are short, and of which the delays tell at once.
 * The browser's estimate takes seconds there to get anywhere near its speed.
 */
const NEAR_MS = 10;
const NEAR_START_BYTES_PER_SECOND = 512 * 1024;
/** A file that sent nothing for so long, in ms, begins anew. */
const IDLE_MS = 1_000;
/** Over how long the speed of what was sent is taken, in ms. */
const SPEED_MS = 400;
/** The speed may be ahead of what files make of it by this, so that one that can't use it does not find it boundless. */
const MOST_AHEAD = 2;
/** Of the media's estimate: what files keep while media need all there is. */
const SHARE_WHILE_SHORT = 0.1;

/** How media are doing on their way out, as the browser tells. */
export interface MediaState {
  /** What the browser thinks the path carries of media, in bytes a second; `null` where it doesn't say, as it sends none. */
  estimate: number | null;
  /** Whether the estimate is one of the path: media that need no more give the browser no cause to look for more. */
  isOfPath: boolean;
  /** What media send, in bytes a second. */
  speed: number;
  /** They would send more if they could. */
  isShort: boolean;
}

/** What is known at one moment. Times in ms, on a clock that never goes back. */
export interface PaceSample {
  nowMs: number;
  /** Whether media run on the link, in either direction. */
  hasMedia: boolean;
  /** What the queue adds to the way out; `null` where it isn't known. */
  queueMs: number | null;
  /** Of the path without a queue; `null` where it isn't known. */
  roundTripMs: number | null;
  /** Bytes of files that have gone out so far. */
  sentBytes: number;
  media: MediaState;
}

/**
 * Decides how fast files may go while media run on the same link: files take what media leave. The sign is the queue, as
 * in LEDBAT (RFC 6817): while there is none the speed grows, and as soon as there is one files are the first to give way,
 * long before anything is lost. What grows and shrinks is the speed of media and files together, so what media begin to take is
 * not files' any more, and what they leave is at once. Without media there is no limit. Pure: what it is told is all it knows.
 */
export class PaceControl {
  /** Of media and files together. */
  #total: number | null = null;
  #mediaSpeed = 0;
  /** What was too much last, or what the browser thinks is; without one nothing has been in the way yet. */
  #mark = Number.POSITIVE_INFINITY;
  /** Until when nothing above it is tried. */
  #heldUntilMs = Number.NEGATIVE_INFINITY;
  #holdMs = HOLD_MS.first;
  /** There is more than the browser thinks. */
  #isBeyond = false;
  #searchingGain = SEARCHING_GAIN.first;
  /** Since when it waits for a queue to go. */
  #drainingMs: number | null = null;
  #stepMs = 0;
  /** When files last sent something. */
  #busyMs = 0;
  #sent: { atMs: number; bytes: number }[] = [];

  /** Bytes a second that files may have in all; `null` for no limit. */
  get bytesPerSecond(): number | null {
    if (this.#total === null) return null;
    return Math.round(this.#drainingMs === null ? this.#fileSpeed(this.#total) : LEAST_BYTES_PER_SECOND);
  }

  /** Takes notice of how things are now; some times a second. */
  update(given: PaceSample): void {
    const sample = withoutEstimateWhereNear(given);
    if (!sample.hasMedia) {
      this.#total = null;
      this.#sent = [];
      return;
    }
    const sentSpeed = this.#sentSpeed(sample);
    const { nowMs, media } = sample;
    this.#mediaSpeed = Math.max(0, finite(media.speed) ?? 0);
    if (sentSpeed > 0) this.#busyMs = nowMs;
    // What was learned of the path is not true for ever.
    if (this.#total === null || nowMs - this.#busyMs > IDLE_MS) this.#begin(sample);
    else this.#go(this.#total, sentSpeed, sample);
  }

  #begin({ nowMs, media, roundTripMs }: PaceSample): void {
    const estimate = estimateOfPath(media);
    this.#mark = estimate ?? Number.POSITIVE_INFINITY;
    // Half of what is left: the browser's estimate is one.
    const start = isNear(roundTripMs) ? NEAR_START_BYTES_PER_SECOND : START_BYTES_PER_SECOND;
    const begin = estimate === null ? start : Math.max(0, estimate - this.#mediaSpeed) / 2;
    this.#total = begin + this.#mediaSpeed;
    this.#searchingGain = SEARCHING_GAIN.most;
    this.#heldUntilMs = Number.NEGATIVE_INFINITY;
    this.#holdMs = HOLD_MS.first;
    this.#isBeyond = false;
    this.#drainingMs = null;
    this.#stepMs = nowMs;
  }

  #go(total: number, sentSpeed: number, sample: PaceSample): void {
    const { nowMs } = sample;
    const queueMs = finite(sample.queueMs);
    const patience = patienceOf(sample.media);
    const roundTripMs = Math.min(finite(sample.roundTripMs) ?? STEP_MS, 1_000);
    if (this.#drainingMs !== null) {
      if (queueMs === null || queueMs >= TARGET_MS * patience) return;
      // One that is gone before stopping can have done anything was none of files: a machine was busy, or media had a moment.
      if (nowMs - this.#drainingMs >= roundTripMs) this.#tooMuch(total, sample);
      this.#drainingMs = null;
      this.#stepMs = nowMs;
    } else if (queueMs !== null && queueMs > TOO_LONG_MS * patience) this.#drainingMs = nowMs;
    else if (nowMs - this.#stepMs >= STEP_MS + roundTripMs) {
      this.#stepMs = nowMs;
      this.#total = this.#step(total, sentSpeed, { ...sample, queueMs });
    }
  }

  /** A queue had come of it, and is gone. */
  #tooMuch(total: number, { nowMs, media }: PaceSample): void {
    this.#mark = Math.max(total, (estimateOfPath(media) ?? 0) * BELIEVED);
    this.#total = this.#mark * AFTER;
    this.#heldUntilMs = nowMs + this.#holdMs;
    this.#holdMs = Math.min(2 * this.#holdMs, HOLD_MS.longest);
  }

  #step(total: number, sentSpeed: number, { nowMs, queueMs, roundTripMs, media }: PaceSample): number {
    const files = this.#fileSpeed(total);
    // Who can't see must not speed.
    if (queueMs === null) return this.#mediaSpeed + files * 0.8;
    const share = (finite(media.estimate) ?? 0) * SHARE_WHILE_SHORT;
    if (media.isShort && files > share) return this.#mediaSpeed + Math.max(share, files * 0.85);
    this.#lookBeyond(total, media);
    const targetMs = TARGET_MS * patienceOf(media);
    const room = Math.max(-1, (targetMs - queueMs) / targetMs);
    const gain = room > 0.5 ? this.#gain(total, nowMs, roundTripMs) : CAREFUL_GAIN;
    const most = Math.max(START_BYTES_PER_SECOND, sentSpeed * MOST_AHEAD) + this.#mediaSpeed;
    return Math.min(total * (1 + gain * Math.min(1, room)), Math.max(most, total));
  }

  /** Where no queue has come of a speed that should have been too much, the search begins anew from there. */
  #lookBeyond(total: number, media: MediaState): void {
    const estimate = estimateOfPath(media);
    const isThought = this.#heldUntilMs === Number.NEGATIVE_INFINITY && !this.#isBeyond;
    if (isThought && estimate !== null)
      this.#mark = this.#mark === Number.POSITIVE_INFINITY ? estimate : Math.max(this.#mark, estimate);
    if (total <= this.#mark * BEYOND) return;
    this.#mark = Number.POSITIVE_INFINITY;
    this.#searchingGain = SEARCHING_GAIN.first;
    this.#holdMs = HOLD_MS.first;
    this.#isBeyond = true;
  }

  #gain(total: number, nowMs: number, roundTripMs: number | null): number {
    if (this.#mark === Number.POSITIVE_INFINITY) {
      const gain = this.#searchingGain;
      const most = isNear(roundTripMs) ? SEARCHING_GAIN.mostNear : SEARCHING_GAIN.most;
      this.#searchingGain = Math.min(2 * gain, most);
      return gain;
    }
    if (total < this.#mark * NEAR) return RETURNING_GAIN;
    return nowMs < this.#heldUntilMs ? 0 : CAREFUL_GAIN;
  }

  /** What media leave of a speed, and the least in any case. */
  #fileSpeed(total: number): number {
    return Math.max(LEAST_BYTES_PER_SECOND, total - this.#mediaSpeed);
  }

  /** Bytes a second that files have gone with lately. */
  #sentSpeed({ nowMs, sentBytes }: PaceSample): number {
    const bytes = finite(sentBytes) ?? this.#sent.at(-1)?.bytes ?? 0;
    this.#sent.push({ atMs: nowMs, bytes });
    while (this.#sent.length > 2 && nowMs - (this.#sent[1]?.atMs ?? nowMs) >= SPEED_MS) this.#sent.shift();
    const [first] = this.#sent;
    const spanMs = nowMs - (first?.atMs ?? nowMs);
    return spanMs > 0 ? Math.max(0, ((bytes - (first?.bytes ?? bytes)) * 1000) / spanMs) : 0;
  }
}

function isNear(roundTripMs: number | null): boolean {
  return roundTripMs !== null && roundTripMs < NEAR_MS;
}

function withoutEstimateWhereNear(sample: PaceSample): PaceSample {
  return isNear(sample.roundTripMs)
    ? { ...sample, media: { ...sample.media, isOfPath: false, isShort: false } }
    : sample;
}

/** What the browser thinks the path carries of media; `null` where it can't know. */
function estimateOfPath({ estimate, isOfPath }: MediaState): number | null {
  return isOfPath ? finite(estimate) : null;
}

function patienceOf({ estimate }: MediaState): number {
  return estimate === null ? WORDS_ALONE : 1;
}

/** A number that can be one; anything else a browser or a peer may say is not known. */
function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}
