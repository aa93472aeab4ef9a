import { TrackMessage, type TrackSource, TRACKS_FEATURE } from '../../../shared/protocol/tracks';
import { TokenBucket } from '../../../shared/TokenBucket';
import type { FeatureContext, PageFeature } from '../session/PageFeature';
import type { ShareView } from '../types';
import { muteOf } from './LocalMedia';
import type { SceneTracks } from './recording/scene';
import { RemoteTracks } from './RemoteTracks';
import { type TrackLink, TrackPublisher } from './TrackPublisher';

/**
 * Words of a peer's about its tracks, at once and a second after that: a person clicks a few times a second, and a new link has
 * one for each of four tracks. The page is drawn after each; 1,000 a second took a quarter of its time.
 */
const MAX_WORDS = 100;
const WORDS_PER_SECOND = 10;

/** What is on its way in one session, by source and direction; `null` for what is not. */
export interface TrackViews {
  localShare: ShareView | null;
  remoteShare: ShareView | null;
  /** What sounds with the screen. */
  localSound: ShareView | null;
  remoteSound: ShareView | null;
  localVoice: ShareView | null;
  remoteVoice: ShareView | null;
  localCamera: ShareView | null;
  remoteCamera: ShareView | null;
}

/** The tracks of one session, each way: its messages, its slice of the view, and what a link is to carry. */
export class SessionTracks implements PageFeature<TrackMessage> {
  static readonly featureName = TRACKS_FEATURE;
  readonly name = SessionTracks.featureName;
  readonly schema = TrackMessage;
  readonly #local: TrackPublisher;
  readonly #remote: RemoteTracks;
  readonly #words: TokenBucket;
  readonly #onOurScreen = new Set<() => void>();
  readonly #onTheirScreen = new Set<() => void>();
  readonly #onMedia = new Set<(hasMedia: boolean) => void>();
  #hasMedia = false;

  constructor(context: FeatureContext) {
    const onChange = (): void => {
      this.#lookForMedia();
      context.onChange();
    };
    this.#local = new TrackPublisher({ ...context, onChange });
    this.#remote = new RemoteTracks(onChange);
    this.#words = new TokenBucket(WORDS_PER_SECOND, MAX_WORDS, context.monotonicMs);
  }

  /** What this side shows and says, and what the other side does. */
  get view(): TrackViews {
    return {
      localShare: this.#localView('screen'),
      remoteShare: this.#remoteView('screen'),
      localSound: this.#localView('screen-audio'),
      remoteSound: this.#remoteView('screen-audio'),
      localVoice: this.#localView('microphone'),
      remoteVoice: this.#remoteView('microphone'),
      localCamera: this.#localView('camera'),
      remoteCamera: this.#remoteView('camera'),
    };
  }

  #localView(source: TrackSource): ShareView | null {
    const local = this.#local.get(source);
    return local && { stream: local.stream, label: local.label, mute: muteOf(local) };
  }

  #remoteView(source: TrackSource): ShareView | null {
    const remote = this.#remote.get(source);
    return remote && { stream: remote.stream, label: '', mute: remote.mute };
  }

  /** The tracks as they are sent and as they came: of a muted microphone not the copy that is measured here. */
  readonly scene: SceneTracks = {
    local: (source) => {
      const capture = this.#local.get(source);
      return capture && { track: capture.track, mute: muteOf(capture) };
    },
    remote: (source) => {
      const remote = this.#remote.get(source);
      const [track] = remote?.stream.getTracks() ?? [];
      return remote && track ? { track, mute: remote.mute } : null;
    },
  };

  /** @param hasSound whether what sounds with a screen goes out with it */
  publish(source: TrackSource, hasSound = true): void {
    this.#local.publish(source, hasSound);
    if (source === 'screen') for (const listener of this.#onOurScreen) listener();
  }

  unpublish(source: TrackSource): void {
    this.#local.unpublish(source);
  }

  /** Calls a listener whenever a screen begins to be shown from here, and from there. */
  onScreens(listeners: { ours: () => void; theirs: () => void }): void {
    this.#onOurScreen.add(listeners.ours);
    this.#onTheirScreen.add(listeners.theirs);
  }

  /** Calls a listener whenever media begin to run, in either direction, and when none run any more: what is muted doesn't. */
  onMedia(listener: (hasMedia: boolean) => void): void {
    this.#onMedia.add(listener);
  }

  /** A word of the peer's; what comes faster than a person clicks is dropped. */
  handle(message: TrackMessage): void {
    if (!this.#words.consume()) return;
    this.#remote.handle(message);
    if (message.type === 'track-published' && message.source === 'screen')
      for (const listener of this.#onTheirScreen) listener();
  }

  handleStream(stream: MediaStream): void {
    this.#remote.handleStream(stream);
  }

  linked(link: TrackLink): void {
    this.#local.attach(link);
  }

  unlinked(): void {
    this.#local.detach();
    this.#remote.detach();
  }

  /** What nobody will see is no longer shown, and does not begin anew by itself when a link comes after all. */
  linkGivenUp(): void {
    this.#local.withdrawAll();
  }

  end(): void {
    this.#local.end();
    this.#remote.detach();
  }

  #lookForMedia(): void {
    const hasMedia = this.#local.isRunning || this.#remote.isRunning;
    if (hasMedia === this.#hasMedia) return;
    this.#hasMedia = hasMedia;
    for (const listener of this.#onMedia) listener(hasMedia);
  }
}
