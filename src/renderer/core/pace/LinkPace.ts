import type { Backend } from '../../../shared/contract/backend';
import type { Pacer } from '../../../shared/transfer/sending/Pacer';
import type { MediaStats } from '../peer/mediaStats';
import { DelayMeter } from './DelayMeter';
import { LinkProbe, type ProbeChannel } from './LinkProbe';
import { MediaMeter } from './MediaMeter';
import { PaceControl } from './PaceControl';

/** How often the speed is decided, in ms, and the peer asked, while files move. */
const TICK_MS = 50;
/** While none have moved for so many ticks, only every so many. */
const IDLE_TICKS = 10;
/** Every so many ticks the browser is asked how media are doing, which costs it a millisecond or two. */
const STATS_TICKS = 5;
/** The backend hears of a new speed, and tells what it has sent, every so many ticks. */
const TELL_TICKS = 2;

export interface LinkPaceOptions {
  backend: Backend;
  sessionId: string;
  link: { readonly probeChannel: ProbeChannel; mediaStats(): Promise<MediaStats | null> };
  /** What the page's lanes send through. */
  pacer: Pacer;
  /** A clock in ms that never goes back. */
  now?: () => number;
}

/**
 * Holds the files of one session back while media run on its peer link: watches the link, has `PaceControl` decide, and tells
 * the page's lanes and, for its LAN lane, the backend. Both kinds of lanes share the line with the media.
 */
export class LinkPace {
  readonly #options: LinkPaceOptions;
  readonly #now: () => number;
  readonly #delays = new DelayMeter();
  readonly #media = new MediaMeter();
  readonly #control = new PaceControl();
  readonly #probe: LinkProbe;
  #timer: ReturnType<typeof setInterval> | undefined;
  #ticks = 0;
  /** The last one at which files had moved. */
  #movedTick = 0;
  /** Sent by the backend's lane. */
  #backendBytes = 0;
  #sentBytes = 0;
  #isTelling = false;
  #isClosed = false;

  constructor(options: LinkPaceOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
    this.#probe = new LinkProbe(options.link.probeChannel, this.#delays, this.#now);
  }

  /** Media have begun to run, or none run any more. */
  setMedia(hasMedia: boolean): void {
    if (hasMedia === (this.#timer !== undefined) || this.#isClosed) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#ticks = 0;
    this.#movedTick = 0;
    this.#media.reset();
    if (hasMedia) this.#timer = setInterval(() => this.#tick(), TICK_MS);
    this.#decide(hasMedia);
    void this.#tell();
  }

  /** Packets take another path, which may be longer without a queue. */
  rerouted(): void {
    this.#delays.reset();
  }

  /** The link is gone, and its media with it. */
  close(): void {
    this.setMedia(false);
    this.#isClosed = true;
    this.#probe.close();
  }

  #tick(): void {
    const ticks = this.#ticks++;
    const sentBytes = this.#options.pacer.passedBytes + this.#backendBytes;
    if (sentBytes !== this.#sentBytes) this.#movedTick = ticks;
    this.#sentBytes = sentBytes;
    if (ticks - this.#movedTick >= IDLE_TICKS && ticks % IDLE_TICKS !== 0) return;
    this.#probe.ask();
    if (ticks % STATS_TICKS === 0) void this.#look();
    this.#decide(true);
    if (ticks % TELL_TICKS === 0) void this.#tell();
  }

  #decide(hasMedia: boolean): void {
    const nowMs = this.#now();
    this.#control.update({
      nowMs,
      hasMedia,
      queueMs: this.#delays.queueMs(nowMs),
      roundTripMs: this.#delays.roundTripMs,
      sentBytes: this.#sentBytes,
      media: this.#media.state,
    });
    this.#options.pacer.setSpeed(this.#control.bytesPerSecond);
  }

  /** Tells the backend, one word at a time; what was decided meanwhile goes with the next. */
  async #tell(): Promise<void> {
    if (this.#isTelling) return;
    this.#isTelling = true;
    const { backend, sessionId } = this.#options;
    const { bytesPerSecond } = this.#control;
    try {
      const { sentBytes } = await backend.request('lanes:pace', { sessionId, bytesPerSecond });
      this.#backendBytes = sentBytes;
    } catch {
      // A session that is over has no lanes.
    }
    this.#isTelling = false;
    // With the last word the limit is gone: nobody comes after it.
    if (this.#timer === undefined && bytesPerSecond !== this.#control.bytesPerSecond) await this.#tell();
  }

  async #look(): Promise<void> {
    const stats = await this.#options.link.mediaStats();
    if (stats) this.#media.update(stats, this.#now());
  }
}
