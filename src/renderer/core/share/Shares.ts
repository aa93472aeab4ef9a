import { z } from 'zod';
import type { PeerLink } from '../peer/PeerLink';
import type { FeatureContext, PageFeature } from '../session/PageFeature';
import { endCapture, onCaptureEnded } from './captureScreen';
import type { ShareView } from '../types';

/** What one page says of the screens that it sends. */
const ShareMessage = z.discriminatedUnion('type', [
  /** A screen is on its way in the stream with this id. */
  z.object({ type: z.literal('share-started'), streamId: z.string().min(1).max(128) }),
  z.object({ type: z.literal('share-stopped'), streamId: z.string().min(1).max(128) }),
]);
type ShareMessage = z.infer<typeof ShareMessage>;

/**
 * The screens of a session, one each way. A remote screen shows when both its stream and the word that it is one have
 * come, in either order; the word that it stopped takes it away at once, long before the media notices.
 */
export class Shares implements PageFeature<ShareMessage> {
  static readonly featureName = 'shares';
  readonly name = Shares.featureName;
  readonly schema = ShareMessage;
  readonly #options: FeatureContext;
  readonly #started = new Set<() => void>();
  #link: PeerLink | null = null;
  #local: ShareView | null = null;
  #remoteId: string | null = null;
  readonly #streams = new Map<string, MediaStream>();

  constructor(options: FeatureContext) {
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
  linked(link: PeerLink): void {
    this.#link = link;
    if (this.#local) this.#announce(link, this.#local);
  }

  /** The link is gone, and the remote screen with it. */
  unlinked(): void {
    this.#link = null;
    this.#remoteId = null;
    this.#streams.clear();
    this.#options.onChange();
  }

  end(): void {
    this.stop();
    this.unlinked();
  }

  handleStream(stream: MediaStream): void {
    this.#streams.set(stream.id, stream);
    this.#options.onChange();
  }

  handle({ type, streamId }: ShareMessage): void {
    if (type === 'share-started') {
      this.#remoteId = streamId;
      for (const listener of this.#started) listener();
    } else {
      this.#streams.delete(streamId);
      if (this.#remoteId === streamId) this.#remoteId = null;
    }
    this.#options.onChange();
  }

  /** Calls `listener` whenever the other side begins to share. */
  onTheirs(listener: () => void): void {
    this.#started.add(listener);
  }

  /** What this side shares, and what the other side shares. */
  get view() {
    return { localShare: this.local, remoteShare: this.remote };
  }

  #announce(link: PeerLink, share: ShareView): void {
    link.addScreen(share.stream);
    this.#options.send({ type: 'share-started', streamId: share.stream.id });
  }
}
