import type { ScreenQuality } from '../../../../shared/settings/screenQuality';
import { type Capture, type LocalMedia, muteOf } from '../LocalMedia';
import { CodecLadder } from './CodecLadder';
import { ContentJudge } from './ContentJudge';
import { type ScreenContent, screenEncoding } from './screenEncoding';
import { StillJudge } from './StillJudge';
import { watchPicture } from './watchPicture';

/** Pictures a second that are sent of a screen on which nothing changes. What comes is seen by `watchPicture`, which looks more often. */
const STILL_RATE = 1;
/** How often it is asked whether encoders keep up, in ms. */
const LOOK_MS = 2_000;

export interface ScreenQualityOptions {
  media: Pick<LocalMedia, 'get' | 'setEncoding' | 'events'>;
  /** What the person has chosen; `null` before the settings are known. */
  quality: () => ScreenQuality | null;
  /** Whether the processor holds some session's screen back at the moment. */
  isSlow: () => Promise<boolean>;
  /** Something about `state` has changed. */
  onChange: () => void;
  watch?: typeof watchPicture;
  monotonicMs?: () => number;
}

/** How the shared screen is sent at the moment. */
export interface ScreenQualityState {
  content: ScreenContent;
  /** Nothing has changed on it for a while, so that few pictures are sent. */
  isStill: boolean;
  /** How many codecs, from the best on, this computer was too slow for. */
  skippedCodecs: number;
}

/**
 * Sends the shared screen as its person wants it, and as what it shows and the processor suggest: one control for the app's one
 * capture, whatever the number of sessions. Looks at the picture only while somebody gets it.
 */
export class ScreenQualityControl {
  readonly #options: Required<ScreenQualityOptions>;
  readonly #content = new ContentJudge();
  readonly #still = new StillJudge();
  readonly #ladder = new CodecLadder();
  #watched: MediaStreamTrack | null = null;
  #unwatch: () => void = () => undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  /** What was set last, so that the same isn't set again. */
  #encoding = '';
  #rate: { track: MediaStreamTrack; rate: number } | null = null;

  constructor(options: ScreenQualityOptions) {
    this.#options = { watch: watchPicture, monotonicMs: () => performance.now(), ...options };
    options.media.events.on('changed', () => this.update());
  }

  get state(): ScreenQualityState {
    return {
      content: this.#contentNow(),
      isStill: this.#still.isStill,
      skippedCodecs: this.#ladder.skipped,
    };
  }

  /** Something that it depends on may have changed: the settings, or the capture. */
  update(): void {
    const capture = this.#options.media.get('screen');
    this.#watch(capture);
    const quality = this.#options.quality();
    if (!quality) return;
    this.#encode(quality, capture);
    if (capture) this.#setRate(capture, quality);
  }

  #contentNow(): ScreenContent {
    const preset = this.#options.quality()?.preset ?? 'auto';
    return preset === 'auto' ? this.#content.content : preset;
  }

  #encode(quality: ScreenQuality, capture: Capture | null): void {
    const encoding = screenEncoding({
      quality,
      content: this.#contentNow(),
      lines: capture?.track.getSettings().height ?? null,
      skippedCodecs: this.#ladder.skipped,
    });
    const key = JSON.stringify(encoding);
    if (key === this.#encoding) return;
    this.#encoding = key;
    this.#options.media.setEncoding('screen', encoding);
  }

  /** The capture itself gets slower or quicker, without a new one; a browser that can't goes on as it does. */
  #setRate(capture: Capture, { frameRate }: ScreenQuality): void {
    const isAtRest = this.#still.isStill || muteOf(capture) === 'paused';
    const rate = isAtRest ? Math.min(STILL_RATE, frameRate) : frameRate;
    // A region is cut out of what the source gives.
    const { whole: track } = capture;
    if (this.#rate?.track === track && this.#rate.rate === rate) return;
    this.#rate = { track, rate };
    void track.applyConstraints({ frameRate: { ideal: rate, max: rate } }).catch(() => undefined);
  }

  #watch(capture: Capture | null): void {
    const track =
      capture && capture.sessionIds.length > 0 && muteOf(capture) === 'none' ? capture.track : null;
    if (track === this.#watched) return;
    this.#unwatch();
    clearInterval(this.#timer);
    if (capture === null) this.#ladder.reset();
    this.#watched = track;
    this.#content.reset();
    this.#still.reset();
    this.#unwatch = () => undefined;
    if (!track) return;
    this.#unwatch = this.#options.watch(track, (changed) => this.#look(changed));
    this.#timer = setInterval(() => void this.#lookAtEncoders(), LOOK_MS);
  }

  #look(changed: number): void {
    const change = { atMs: this.#options.monotonicMs(), changed };
    const [hasOther, isOther] = [this.#content.look(change), this.#still.look(change)];
    if (hasOther || isOther) this.#changed();
  }

  async #lookAtEncoders(): Promise<void> {
    // A codec that a person chose is theirs to change; and a picture that stands still costs nothing.
    if (this.#options.quality()?.codec !== null || this.#still.isStill) return;
    const isSlow = await this.#options.isSlow();
    if (this.#watched && this.#ladder.look({ atMs: this.#options.monotonicMs(), isSlow })) this.#changed();
  }

  #changed(): void {
    this.update();
    this.#options.onChange();
  }
}
