import type { TrackEncoding } from '../media/encodings';

/** What an encoding needs of its connection. */
export interface EncodingConnection {
  transceivers: () => readonly Pick<RTCRtpTransceiver, 'sender' | 'setCodecPreferences'>[];
  /** Has both sides agree anew. */
  negotiate: () => void;
}

/** What the standard has since 2023 and the types don't everywhere (W3C webrtc-extensions, `codec`). */
interface CodedParameters extends RTCRtpEncodingParameters {
  codec?: RTCRtpCodec;
}

/**
 * How one track is sent: keeps a sender at what was asked for last. Codecs can be chosen among those that both sides have
 * agreed to, so it looks again after every negotiation.
 */
export class SentEncoding {
  readonly #sender: RTCRtpSender;
  readonly #connection: EncodingConnection;
  #encoding: TrackEncoding;
  /** Changes go one after the other: a browser takes parameters only for what it has told last. */
  #work: Promise<void> = Promise.resolve();
  /** The order that was put to a browser which can't choose a codec by itself. */
  #preferred: string | null = null;

  constructor(sender: RTCRtpSender, encoding: TrackEncoding, connection: EncodingConnection) {
    this.#sender = sender;
    this.#encoding = encoding;
    this.#connection = connection;
    this.#apply();
  }

  /** Of the track that is sent now. */
  get trackId(): string | null {
    return this.#sender.track?.id ?? null;
  }

  /** The codecs that both sides can do, as `VP9`, each once. */
  get agreedCodecs(): string[] {
    const names = this.#sender.getParameters().codecs.map(({ mimeType }) => mimeType.replace(/^.*\//, ''));
    return [...new Set(names)];
  }

  set(encoding: TrackEncoding): void {
    this.#encoding = encoding;
    this.#apply();
  }

  /** Both sides have agreed to something: the codecs may be others. */
  negotiated(): void {
    if (this.#encoding.codecs) this.#apply();
  }

  #apply(): void {
    this.#work = this.#work.then(() => this.#applyNow());
  }

  async #applyNow(): Promise<void> {
    const encoding = this.#encoding;
    const { maxBitrate, maxFramerate, degradationPreference, scaleResolutionDownBy, codecs } = encoding;
    const parameters = this.#sender.getParameters();
    const codec = codecs && chosenCodec(parameters.codecs, codecs);
    // What isn't asked for is taken back: the sender may have sent something else before.
    set(parameters, 'degradationPreference', degradationPreference);
    for (const each of parameters.encodings as CodedParameters[]) {
      each.maxBitrate = maxBitrate;
      set(each, 'maxFramerate', maxFramerate);
      set(each, 'scaleResolutionDownBy', scaleResolutionDownBy ?? (each.scaleResolutionDownBy && 1));
      set(each, 'codec', codec);
    }
    // A browser that refuses (or a link that closed meanwhile) sends with its defaults.
    await this.#sender.setParameters(parameters).catch(() => undefined);
    if (codec && encoding === this.#encoding && !this.#takesCodec()) this.#prefer(codec);
  }

  #takesCodec(): boolean {
    const [first] = this.#sender.getParameters().encodings as CodedParameters[];
    return first?.codec !== undefined;
  }

  /** The way of browsers that can't choose one of what was agreed to: the same codecs in another order, agreed to anew. */
  #prefer({ mimeType }: RTCRtpCodec): void {
    if (this.#preferred === mimeType) return;
    const transceiver = this.#connection.transceivers().find(({ sender }) => sender === this.#sender);
    const all = RTCRtpReceiver.getCapabilities('video')?.codecs ?? [];
    if (!transceiver || all.length === 0) return;
    this.#preferred = mimeType;
    const isFirst = (each: RTCRtpCodec): boolean => each.mimeType === mimeType;
    try {
      transceiver.setCodecPreferences([...all.filter(isFirst), ...all.filter((each) => !isFirst(each))]);
      this.#connection.negotiate();
    } catch {
      // It knows no order either: it sends what it likes best.
    }
  }
}

/** Sets a property, or takes it away. */
function set<T extends object, K extends keyof T>(object: T, name: K, value: T[K] | undefined): void {
  if (value === undefined) Reflect.deleteProperty(object, name);
  else object[name] = value;
}

/** The first wanted codec that both sides can do, in the browser's own favourite profile of it. */
function chosenCodec(agreed: readonly RTCRtpCodec[], wanted: readonly string[]): RTCRtpCodec | undefined {
  return wanted
    .map((name) => agreed.find(({ mimeType }) => mimeType.toLowerCase() === `video/${name.toLowerCase()}`))
    .find((each) => each !== undefined);
}
