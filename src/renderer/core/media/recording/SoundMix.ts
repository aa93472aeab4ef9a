/** The part of Web Audio in use, for tests to stand in. */
export type SoundContext = Pick<
  AudioContext,
  'createMediaStreamSource' | 'createMediaStreamDestination' | 'createConstantSource' | 'resume' | 'close'
>;

/** One audio track of the sounds of several, which come and go. It is silent where there are none. */
export class SoundMix {
  readonly track: MediaStreamTrack;
  readonly #context: SoundContext;
  readonly #destination: MediaStreamAudioDestinationNode;
  readonly #sources = new Map<MediaStreamTrack, MediaStreamAudioSourceNode>();

  constructor(context: SoundContext = new AudioContext({ latencyHint: 'playback' })) {
    this.#context = context;
    this.#destination = context.createMediaStreamDestination();
    const [track] = this.#destination.stream.getAudioTracks();
    if (!track) throw new Error('a destination has a track');
    this.track = track;
    // Chromium's destination gives nothing at all while nothing is connected, and a file with holes in its sound falls out of step.
    const silence = context.createConstantSource();
    silence.offset.value = 0;
    silence.connect(this.#destination);
    silence.start();
    void context.resume().catch(() => undefined);
  }

  /** Has it sound of these tracks, and of no others. */
  set(tracks: readonly MediaStreamTrack[]): void {
    for (const [track, source] of this.#sources)
      if (!tracks.includes(track)) {
        source.disconnect();
        this.#sources.delete(track);
      }
    for (const track of tracks) {
      if (this.#sources.has(track) || track.readyState === 'ended') continue;
      const source = this.#context.createMediaStreamSource(new MediaStream([track]));
      source.connect(this.#destination);
      this.#sources.set(track, source);
    }
  }

  close(): void {
    this.set([]);
    this.track.stop();
    void this.#context.close().catch(() => undefined);
  }
}
