import type { ControlMessage } from '../../../shared/protocol/control';
import type { PeerLink } from '../peer/PeerLink';
import { endCapture, onCaptureEnded } from '../share/captureScreen';
import type { ShareView } from '../types';

export interface SessionSharesOptions {
  send: (message: ControlMessage) => void;
  onChange: () => void;
}

/**
 * The screens of a session, one each way. A remote screen shows when both its stream and the word that it is one have
 * come, in either order; the word that it stopped takes it away at once, long before the media notices.
 */
export class SessionShares {
  readonly #options: SessionSharesOptions;
  #link: PeerLink | null = null;
  #local: ShareView | null = null;
  #remoteId: string | null = null;
  readonly #streams = new Map<string, MediaStream>();

  constructor(options: SessionSharesOptions) {
    this.#options = options;
  }

  get local(): ShareView | null {
    return this.#local;
  }

  get remote(): ShareView | null {
    const stream = this.#remoteId === null ? undefined : this.#streams.get(this.#remoteId);
    return stream ? { stream, label: '' } : null;
  }

  /** Shares a capture, in place of the one before. It ends with its source, with `stop`, or with the session. */
  start(share: ShareView): void {
    this.stop();
    this.#local = share;
    onCaptureEnded(share, () => {
      if (this.#local === share) this.stop();
    });
    if (this.#link) this.#announce(this.#link, share);
    this.#options.onChange();
  }

  stop(): void {
    const share = this.#local;
    if (!share) return;
    this.#local = null;
    this.#link?.removeScreen(share.stream);
    endCapture(share);
    this.#options.send({ type: 'share-stopped', streamId: share.stream.id });
    this.#options.onChange();
  }

  /** A new link: what is shared goes on over it. */
  attach(link: PeerLink): void {
    this.#link = link;
    if (this.#local) this.#announce(link, this.#local);
  }

  /** The link is gone, and the remote screen with it. */
  detach(): void {
    this.#link = null;
    this.#remoteId = null;
    this.#streams.clear();
    this.#options.onChange();
  }

  end(): void {
    this.stop();
    this.detach();
  }

  handleStream(stream: MediaStream): void {
    this.#streams.set(stream.id, stream);
    this.#options.onChange();
  }

  handleStarted(streamId: string): void {
    this.#remoteId = streamId;
    this.#options.onChange();
  }

  handleStopped(streamId: string): void {
    this.#streams.delete(streamId);
    if (this.#remoteId === streamId) this.#remoteId = null;
    this.#options.onChange();
  }

  #announce(link: PeerLink, share: ShareView): void {
    link.addScreen(share.stream);
    this.#options.send({ type: 'share-started', streamId: share.stream.id });
  }
}
