import type { TrackEncoding } from '../../src/renderer/core/media/encodings';
import type { Captured } from '../../src/renderer/core/media/LocalMedia';
import type { SentTrack, TrackLink } from '../../src/renderer/core/media/TrackPublisher';

/** A track without a picture. */
export class FakeTrack extends EventTarget {
  enabled = true;
  contentHint = '';
  readyState: 'live' | 'ended' = 'live';
  muted = false;
  /** Width and height of its pictures, in pixels. */
  sizePx = 1000;

  constructor(readonly label: string) {
    super();
  }

  /** As a browser does it: without an event. */
  stop(): void {
    this.readyState = 'ended';
  }

  /** What it was constrained to, in order. */
  readonly constraints: MediaTrackConstraints[] = [];

  applyConstraints(constraints: MediaTrackConstraints): Promise<void> {
    this.constraints.push(constraints);
    return Promise.resolve();
  }

  getSettings(): MediaTrackSettings {
    return { width: this.sizePx, height: this.sizePx };
  }

  /** The browser mutes it, or unmutes it. */
  mute(isMuted: boolean): void {
    this.muted = isMuted;
    this.dispatchEvent(new Event(isMuted ? 'mute' : 'unmute'));
  }

  /** The source goes away by itself. */
  end(): void {
    this.readyState = 'ended';
    this.dispatchEvent(new Event('ended'));
  }
}

/** What a browser gives for a source of this name. */
export function fakeCapture(label: string): { track: FakeTrack; captured: Captured } {
  const track = new FakeTrack(label);
  const stream = { id: label, getTracks: () => [track] };
  return { track, captured: { track, stream, label } as unknown as Captured };
}

/** A stream of the peer's. */
export function fakeStream(id: string): MediaStream {
  return { id } as MediaStream;
}

/** What goes over a link in place of a label where no track does. */
export const NOTHING = '(nothing)';

/** A link that writes down what goes over it: `streamId: label`. */
export class FakeTrackLink implements TrackLink {
  readonly sent = new Map<string, string>();
  readonly encodings: TrackEncoding[] = [];
  canReplace = true;
  /** What a replacement waits for. */
  held: Promise<void> = Promise.resolve();
  isClosed = false;
  #count = 0;

  constructor(readonly name = 'link') {}

  addTrack(track: MediaStreamTrack, encoding: TrackEncoding, isMuted: boolean): SentTrack | null {
    if (this.isClosed) return null;
    this.encodings.push(encoding);
    const streamId = `${this.name} ${(this.#count += 1)}`;
    this.sent.set(streamId, isMuted ? NOTHING : track.label);
    return {
      streamId,
      replace: async (next) => {
        await this.held;
        if (this.canReplace) this.sent.set(streamId, next?.label ?? NOTHING);
        return this.canReplace;
      },
      setEncoding: (next) => void this.encodings.push(next),
      remove: () => this.sent.delete(streamId),
    };
  }
}
