import type { TrackMessage, TrackSource } from '../../../shared/protocol/tracks';
import type { TrackEncoding } from './encodings';
import { type Capture, type LocalMedia, muteOf } from './LocalMedia';

/** A track on its way over a link. */
export interface SentTrack {
  /** Id of the stream it arrives in; no other track is in that, and no other publication of the time has it. */
  readonly streamId: string;
  /** Sends another track in its place, or with `null` nothing, without a new negotiation: whether the browser lets it. */
  replace(track: MediaStreamTrack | null): Promise<boolean>;
  /** Sends it in another way from now on. */
  setEncoding(encoding: TrackEncoding): void;
  remove(): void;
}

/** What carries tracks to the peer. */
export interface TrackLink {
  /** Sends a track, or nothing of it yet where it is muted; `null` where the link is closed. */
  addTrack(track: MediaStreamTrack, encoding: TrackEncoding, isMuted: boolean): SentTrack | null;
}

/**
 * What goes out of a capture now: nothing of one that its person has muted. Chromium sends a silenced track as 50 packets a
 * second all the same, from which anybody on the way sees that somebody is there, and a screen as black; without a track it sends none, who
 * watches keeps the last picture, and it begins again within 2 ms.
 */
function trackOnWire(capture: Capture): MediaStreamTrack | null {
  return muteOf(capture) === 'paused' ? null : capture.track;
}

export interface TrackPublisherOptions {
  sessionId: string;
  media: Pick<LocalMedia, 'get' | 'encodingOf' | 'addSession' | 'removeSession' | 'stopUnwatched' | 'events'>;
  send: (message: TrackMessage) => void;
  onChange: () => void;
}

/**
 * What one session shows its peer of the app's captures, over the link of the moment and again over each one after it.
 * Every publication is a stream of its own, and its id tells the peer which is which.
 */
export class TrackPublisher {
  readonly #options: TrackPublisherOptions;
  /** What is published, and as what it is on its way; `null` while there is no link. */
  readonly #published = new Map<TrackSource, SentTrack | null>();
  readonly #disposers: (() => void)[];
  #link: TrackLink | null = null;
  /** Whether what sounds with the screen goes out with it. */
  #hasSound = true;

  constructor(options: TrackPublisherOptions) {
    this.#options = options;
    const { events } = options.media;
    this.#disposers = [
      events.on('begun', (source) => {
        if (source === 'screen-audio' && this.#published.has('screen')) this.#publishSound();
      }),
      events.on('replaced', (capture) => this.#replace(capture)),
      events.on('muted', (capture) => this.#mute(capture)),
      events.on('encoded', (source) => this.#encode(source)),
      events.on('ended', (source) => this.#withdraw(source)),
    ];
  }

  /** The capture that is published, if one of this source is. */
  get(source: TrackSource): Capture | null {
    return this.#published.has(source) ? this.#options.media.get(source) : null;
  }

  /** Whether something is published that is not muted. */
  get isRunning(): boolean {
    return [...this.#published.keys()].some((source) => {
      const capture = this.#options.media.get(source);
      return capture !== null && muteOf(capture) === 'none';
    });
  }

  /**
   * Publishes the app's capture of a source; means nothing where there is none, and after `end`.
   * @param hasSound whether what sounds with a screen goes out as well, now and once there is some
   */
  publish(source: TrackSource, hasSound = true): void {
    const { media, sessionId, onChange } = this.#options;
    if (this.#disposers.length === 0 || this.#published.has(source)) return;
    const capture = media.addSession(source, sessionId);
    if (!capture) return;
    this.#published.set(source, null);
    this.#send(capture);
    onChange();
    if (source !== 'screen') return;
    this.#hasSound = hasSound;
    this.#publishSound();
  }

  /** The person stops it here, a screen with its sound; the capture ends unless another session has it. */
  unpublish(source: TrackSource): void {
    if (source === 'screen') this.unpublish('screen-audio');
    if (!this.#withdraw(source)) return;
    this.#options.media.removeSession(source, this.#options.sessionId);
    this.#options.media.stopUnwatched(source);
  }

  /** A new link: what is published goes on over it. */
  attach(link: TrackLink): void {
    this.#link = link;
    for (const source of this.#published.keys()) {
      const capture = this.#options.media.get(source);
      if (capture) this.#send(capture);
    }
  }

  /** The link is gone; what is published waits for the next one. */
  detach(): void {
    this.#link = null;
    for (const source of this.#published.keys()) this.#published.set(source, null);
  }

  /** The session is over, the captures are not. */
  end(): void {
    for (const dispose of this.#disposers.splice(0)) dispose();
    this.withdrawAll();
    this.#link = null;
  }

  /** This session has none of the captures any more; they end after a while, if no other session has them. */
  withdrawAll(): void {
    for (const source of [...this.#published.keys()]) {
      this.#withdraw(source);
      this.#options.media.removeSession(source, this.#options.sessionId);
    }
  }

  #publishSound(): void {
    if (this.#hasSound) this.publish('screen-audio');
  }

  #send(capture: Capture): void {
    const { source, track } = capture;
    const isMuted = trackOnWire(capture) === null;
    const sent = this.#link?.addTrack(track, this.#options.media.encodingOf(source), isMuted) ?? null;
    this.#published.set(source, sent);
    if (!sent) return;
    this.#options.send({ type: 'track-published', source, streamId: sent.streamId, mute: muteOf(capture) });
  }

  /** Takes it away from the peer: whether it was there. */
  #withdraw(source: TrackSource): boolean {
    const sent = this.#published.get(source);
    if (sent === undefined) return false;
    this.#published.delete(source);
    this.#unsend(sent);
    this.#options.onChange();
    return true;
  }

  #unsend(sent: SentTrack | null): void {
    sent?.remove();
    if (sent) this.#options.send({ type: 'track-unpublished', streamId: sent.streamId });
  }

  #replace(capture: Capture): void {
    const sent = this.#published.get(capture.source);
    if (sent === undefined) return;
    this.#options.onChange();
    if (sent) void this.#put(sent, capture);
  }

  /** Has a track that is on its way carry what is captured now; where the browser doesn't let it, it is published anew. */
  async #put(sent: SentTrack, capture: Capture): Promise<void> {
    const { source } = capture;
    if (await sent.replace(trackOnWire(capture))) return;
    const now = this.#options.media.get(source);
    // Meanwhile another link may carry it, or nobody.
    if (!now || this.#published.get(source) !== sent) return;
    this.#unsend(sent);
    this.#send(now);
  }

  #encode(source: TrackSource): void {
    this.#published.get(source)?.setEncoding(this.#options.media.encodingOf(source));
  }

  #mute(capture: Capture): void {
    const sent = this.#published.get(capture.source);
    if (sent === undefined) return;
    if (sent) {
      void this.#put(sent, capture);
      this.#options.send({ type: 'track-muted', streamId: sent.streamId, mute: muteOf(capture) });
    }
    this.#options.onChange();
  }
}
