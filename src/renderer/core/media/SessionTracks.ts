import type { TrackMessage, TrackSource } from '../../../shared/protocol/tracks';
import type { ShareView } from '../types';
import { RemoteTracks } from './RemoteTracks';
import { type TrackLink, TrackPublisher, type TrackPublisherOptions } from './TrackPublisher';

export interface SessionTracksOptions extends TrackPublisherOptions {
  /** The peer began to show its screen. */
  onTheirScreen: () => void;
}

/** The tracks of one session, each way: its messages, its slice of the view, and what a link is to carry. */
export class SessionTracks {
  readonly #local: TrackPublisher;
  readonly #remote: RemoteTracks;
  readonly #onTheirScreen: () => void;

  constructor(options: SessionTracksOptions) {
    this.#local = new TrackPublisher(options);
    this.#remote = new RemoteTracks(options.onChange);
    this.#onTheirScreen = options.onTheirScreen;
  }

  get view(): { localShare: ShareView | null; remoteShare: ShareView | null } {
    const local = this.#local.get('screen');
    const remote = this.#remote.get('screen');
    return {
      localShare: local && { stream: local.stream, label: local.label, isMuted: local.isMuted },
      remoteShare: remote && { stream: remote.stream, label: '', isMuted: remote.isMuted },
    };
  }

  publish(source: TrackSource): void {
    this.#local.publish(source);
  }

  unpublish(source: TrackSource): void {
    this.#local.unpublish(source);
  }

  handle(message: TrackMessage): void {
    this.#remote.handle(message);
    if (message.type === 'track-published' && message.source === 'screen') this.#onTheirScreen();
  }

  handleStream(stream: MediaStream): void {
    this.#remote.handleStream(stream);
  }

  attach(link: TrackLink): void {
    this.#local.attach(link);
  }

  detach(): void {
    this.#local.detach();
    this.#remote.detach();
  }

  end(): void {
    this.#local.end();
    this.#remote.detach();
  }
}
