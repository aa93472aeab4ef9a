import { assertNever } from '../../../shared/assertNever';
import {
  type TrackMessage,
  type TrackMute,
  type TrackPublished,
  TrackSource,
} from '../../../shared/protocol/tracks';

/** Streams that no word has come of, at most; a peer has one of each source, and its word is on the way. */
const MAX_STREAMS = 16;

/** A track of the peer's that has arrived. */
export interface RemoteTrack {
  source: TrackSource;
  stream: MediaStream;
  mute: TrackMute;
}

/**
 * What the peer publishes in one session, by source. A track is there when both its stream and the word of it have come,
 * in either order; the word that it was taken away counts at once, long before the media notices.
 */
export class RemoteTracks {
  readonly #onChange: () => void;
  readonly #published = new Map<TrackSource, Pick<TrackPublished, 'streamId' | 'mute'>>();
  readonly #streams = new Map<string, MediaStream>();

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get(source: TrackSource): RemoteTrack | null {
    const published = this.#published.get(source);
    const stream = published && this.#streams.get(published.streamId);
    return stream ? { source, stream, mute: published.mute } : null;
  }

  /** Whether the peer publishes something that is not muted. */
  get isRunning(): boolean {
    return [...this.#published.values()].some(({ mute }) => mute === 'none');
  }

  handleStream(stream: MediaStream): void {
    const [oldest] = this.#streams.keys();
    if (oldest !== undefined && this.#streams.size >= MAX_STREAMS) this.#streams.delete(oldest);
    this.#streams.set(stream.id, stream);
    this.#onChange();
  }

  handle(message: TrackMessage): void {
    switch (message.type) {
      case 'track-published':
        this.#publish(message);
        break;
      case 'track-unpublished':
        // The stream stays: it may carry what is published next.
        for (const [source] of this.#named(message.streamId)) this.#published.delete(source);
        break;
      case 'track-muted':
        for (const [source, published] of this.#named(message.streamId))
          this.#published.set(source, { ...published, mute: message.mute });
        break;
      default:
        assertNever(message);
    }
    this.#onChange();
  }

  /** The link is gone and its streams with it. Words stay: those of the next link may have come before its streams. */
  detach(): void {
    this.#streams.clear();
    this.#onChange();
  }

  /** What a newer peer publishes and this version doesn't know is not there. */
  #publish({ source, streamId, mute }: TrackPublished): void {
    const known = TrackSource.safeParse(source);
    if (known.success) this.#published.set(known.data, { streamId, mute });
  }

  #named(streamId: string) {
    return [...this.#published].filter(([, published]) => published.streamId === streamId);
  }
}
