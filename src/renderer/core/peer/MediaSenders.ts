import type { TrackEncoding } from '../media/encodings';
import type { SentTrack } from '../media/TrackPublisher';
import { type EncodingConnection, SentEncoding } from './SentEncoding';

/** What senders need of their connection. */
export interface SenderConnection extends EncodingConnection {
  /** Adds a track in a stream of its own, and has both sides agree to it; `null` once closed. */
  add: (track: MediaStreamTrack) => { sender: RTCRtpSender; streamId: string } | null;
}

/** A sender, with the stream that it was agreed to with. */
interface Place {
  sender: RTCRtpSender;
  streamId: string;
  kind: string;
  encoding: SentEncoding;
}

/**
 * The senders of one connection. One whose track was taken away stays agreed to, and sends nothing until another track of its kind
 * comes. Taking it out of the SDP would leave an inactive section, and while a connection has one, Chromium (measured with 156) sends no transport
 * feedback for what is added after it: the sender's estimate of the path falls by a fifth a second, to nothing. So a second
 * share also begins without a negotiation, and the SDP never grows with the number of shares.
 */
export class MediaSenders {
  readonly #connection: SenderConnection;
  readonly #used = new Set<Place>();
  readonly #idle = new Set<Place>();

  constructor(connection: SenderConnection) {
    this.#connection = connection;
  }

  /** How the tracks are sent that are published now. */
  get encodings(): SentEncoding[] {
    return [...this.#used].map(({ encoding }) => encoding);
  }

  /** @param isMuted nothing of it goes out yet; @returns `null` once the connection is closed */
  add(track: MediaStreamTrack, encoding: TrackEncoding, isMuted: boolean): SentTrack | null {
    const place = this.#reuse(track, encoding, isMuted) ?? this.#open(track, encoding, isMuted);
    if (!place) return null;
    this.#used.add(place);
    return this.#sentOver(place);
  }

  #reuse(track: MediaStreamTrack, encoding: TrackEncoding, isMuted: boolean): Place | null {
    const place = [...this.#idle].find(({ kind }) => kind === track.kind);
    if (!place) return null;
    this.#idle.delete(place);
    place.encoding.set(encoding);
    // It takes any track of its kind, except on a connection that closes meanwhile.
    void place.sender.replaceTrack(isMuted ? null : track).catch(() => undefined);
    return place;
  }

  #open(track: MediaStreamTrack, encoding: TrackEncoding, isMuted: boolean): Place | null {
    const added = this.#connection.add(track);
    if (!added) return null;
    if (isMuted) void added.sender.replaceTrack(null).catch(() => undefined);
    const place = { ...added, kind: track.kind };
    return { ...place, encoding: new SentEncoding(added.sender, encoding, this.#connection) };
  }

  #sentOver(place: Place): SentTrack {
    const { sender, streamId, encoding } = place;
    let [isOver, isUsable] = [false, true];
    return {
      streamId,
      replace: async (next) => {
        if (isOver) return true;
        const isReplaced = await sender.replaceTrack(next).then(
          () => true,
          () => false,
        );
        isUsable &&= isReplaced;
        return isReplaced;
      },
      setEncoding: (next) => {
        if (!isOver) encoding.set(next);
      },
      remove: () => {
        if (isOver) return;
        isOver = true;
        this.#used.delete(place);
        void sender.replaceTrack(null).catch(() => undefined);
        if (isUsable) this.#idle.add(place);
      },
    };
  }
}
