import { Emitter } from '../../../shared/Emitter';
import { HitherError } from '../../../shared/errors';
import type { TrackMute, TrackSource } from '../../../shared/protocol/tracks';
import { encodingOf, type TrackEncoding } from './encodings';
import { type Crop, type MakeCrop, makeCrop } from './region/Crop';
import type { Region } from './region/Region';
import { isSourceHidden, watchSource } from './watchSource';

/** How long a capture goes on that no session has any more, in ms: time for another session, and nothing is forgotten. */
const UNWATCHED_MS = 60_000;

/** What is over with its last session: nobody expects to be heard or seen by the next one. */
const PERSONAL: ReadonlySet<TrackSource> = new Set(['microphone', 'camera']);

/** What a browser gave when it was asked. */
export interface Captured {
  track: MediaStreamTrack;
  /** For the person here: holds the track, or, of a microphone, a copy that a mute does not silence. */
  stream: MediaStream;
  /** What the browser or the picker calls the source; empty where it doesn't say. */
  label: string;
  /** Lets go of what the track is made of, where it is not the device's own. */
  release?: () => void;
  /** What sounds with a screen and was given with it: a capture of its own, `screen-audio`, that goes when the screen goes. */
  sound?: Omit<Captured, 'sound'> | null;
}

/** A capture of the app; a new object whenever something about it changed. Its `track` is what sessions get. */
export interface Capture extends Omit<Captured, 'sound'> {
  source: TrackSource;
  /** What the source itself gives: the whole picture, where `track` shows a region. */
  whole: MediaStreamTrack;
  region: Region | null;
  /** The person here has paused it. */
  isMuted: boolean;
  /** Paused with the screen that it sounds with. */
  isHeld: boolean;
  /** The source shows nothing by itself, as a window that is minimised. */
  isHidden: boolean;
  /** The sessions that have it published, in the order they began. */
  sessionIds: readonly string[];
}

/** Why a capture shows nothing, if so. */
export function muteOf({
  isMuted,
  isHeld,
  isHidden,
}: Pick<Capture, 'isMuted' | 'isHeld' | 'isHidden'>): TrackMute {
  if (isMuted || isHeld) return 'paused';
  return isHidden ? 'hidden' : 'none';
}

/** What happens to captures; `changed` follows each of the others, and every other change. */
export interface LocalMediaEvents {
  /** Captured, where nothing of its source was. */
  begun: TrackSource;
  /** Another track of the same source stands in for the one before. */
  replaced: Capture;
  /** Its `muteOf` is another one. */
  muted: Capture;
  /** Tracks of the source are sent in another way from now on. */
  encoded: TrackSource;
  /** Over: the source went away, or it was stopped. */
  ended: TrackSource;
  /** The source went away by itself, or was over when it came; `ended` follows where it had begun. */
  lost: TrackSource;
  changed: undefined;
}

/**
 * What this device captures: at most one thing of each source, for any number of sessions. A capture outlives the sessions
 * that have it, for a minute; with the word of a person, or of its source, it ends at once and in all of them.
 */
export class LocalMedia {
  readonly events = new Emitter<LocalMediaEvents>();
  readonly #captures = new Map<TrackSource, Capture>();
  /** Questions to the browser that it has not answered. */
  readonly #asked = new Map<TrackSource, Promise<void>>();
  /** What takes the place of a source that went away by itself; without it the capture ends. */
  readonly #fallBacks = new Map<TrackSource, () => Promise<Captured>>();
  readonly #unwatched = new Map<TrackSource, ReturnType<typeof setTimeout>>();
  /** What ends the looking at each source. */
  readonly #looks = new Map<TrackSource, () => void>();
  readonly #crops = new Map<TrackSource, Crop>();
  readonly #makeCrop: MakeCrop;
  /** How tracks are sent, where that is not as usual. */
  readonly #encodings = new Map<TrackSource, TrackEncoding>();

  constructor(cropWith: MakeCrop = makeCrop) {
    this.#makeCrop = cropWith;
  }

  get captures(): Capture[] {
    return [...this.#captures.values()];
  }

  get(source: TrackSource): Capture | null {
    return this.#captures.get(source) ?? null;
  }

  /**
   * Captures a source, unless it is captured or asked for already. Calls `ask` before it returns, as browsers want a
   * gesture of the person for it. Rejects as `ask` does.
   * @param fallBack captures something else when the source goes away by itself; where it rejects, the capture ends
   */
  capture(
    source: TrackSource,
    ask: () => Promise<Captured>,
    fallBack?: () => Promise<Captured>,
  ): Promise<void> {
    if (this.#captures.has(source)) return Promise.resolve();
    const before = this.#asked.get(source);
    if (before) return before;
    if (fallBack) this.#fallBacks.set(source, fallBack);
    const asked = this.#begin(source, ask).finally(() => this.#asked.delete(source));
    this.#asked.set(source, asked);
    return asked;
  }

  /**
   * Captures something else in place of what there is; its sessions go on with that. Drops it where the capture has
   * ended meanwhile. Rejects as `ask` does.
   */
  async replace(source: TrackSource, ask: () => Promise<Captured>): Promise<void> {
    const captured = await ask();
    if (this.#captures.has(source)) this.#install(source, captured);
    else stopTracks(captured);
  }

  /** How tracks of a source are sent at the moment. */
  encodingOf(source: TrackSource): TrackEncoding {
    return this.#encodings.get(source) ?? encodingOf(source);
  }

  /** Sends tracks of a source in another way, in all sessions and also those that are on their way. */
  setEncoding(source: TrackSource, encoding: TrackEncoding): void {
    this.#encodings.set(source, encoding);
    const capture = this.#captures.get(source);
    if (capture && capture.track.contentHint !== encoding.contentHint)
      capture.track.contentHint = encoding.contentHint;
    this.events.emit('encoded', source);
  }

  setMuted(source: TrackSource, isMuted: boolean): void {
    const capture = this.#captures.get(source);
    if (!capture || capture.isMuted === isMuted) return;
    // Sessions send nothing of it before it turns black, so that the last picture stays with who watches.
    this.#pause(capture, { ...capture, isMuted });
    const sound = source === 'screen' ? this.#captures.get('screen-audio') : undefined;
    if (sound) this.#pause(sound, { ...sound, isHeld: isMuted });
    this.#changed();
  }

  /**
   * Shows a region of the captured picture, or all of it again (`null`), in every session that has it. Means nothing where
   * nothing is captured. Another capture in its place shows all of what it is.
   * @param still the picture as it stands: some captures give the next one only when something changes
   */
  setRegion(source: TrackSource, region: Region | null, still: VideoFrame | null = null): void {
    const capture = this.#captures.get(source);
    if (!capture) {
      still?.close();
      return;
    }
    const crop = this.#crops.get(source);
    if (region && crop) {
      still?.close();
      crop.setRegion(region);
      this.#set({ ...capture, region });
    } else if (region || crop) {
      const next = region && this.#makeCrop(capture.whole, region, still);
      if (next) this.#crops.set(source, next);
      else this.#crops.delete(source);
      const track = this.#prepare(source, next?.track ?? capture.whole, capture.isMuted);
      this.events.emit('replaced', this.#set({ ...capture, track, region }));
      crop?.stop();
    }
    this.#changed();
  }

  stop(source: TrackSource): void {
    const capture = this.#captures.get(source);
    if (!capture) return;
    clearTimeout(this.#unwatched.get(source));
    this.#looks.get(source)?.();
    this.#captures.delete(source);
    this.#dropCrop(source);
    stopTracks(capture);
    this.events.emit('ended', source);
    if (source === 'screen') this.stop('screen-audio');
    this.#changed();
  }

  /** Stops a capture that no session has. */
  stopUnwatched(source: TrackSource): void {
    if (this.#captures.get(source)?.sessionIds.length === 0) this.stop(source);
  }

  stopAll(): void {
    for (const source of this.#captures.keys()) this.stop(source);
  }

  /** A session publishes the capture from now on; `null` where there is none. */
  addSession(source: TrackSource, sessionId: string): Capture | null {
    const capture = this.#captures.get(source);
    if (!capture || capture.sessionIds.includes(sessionId)) return capture ?? null;
    const added = this.#set({ ...capture, sessionIds: [...capture.sessionIds, sessionId] });
    this.#watch(source);
    this.#changed();
    return added;
  }

  /** A session publishes it no more. The capture goes on, for a while where no session is left. */
  removeSession(source: TrackSource, sessionId: string): void {
    const capture = this.#captures.get(source);
    if (!capture?.sessionIds.includes(sessionId)) return;
    this.#set({ ...capture, sessionIds: capture.sessionIds.filter((id) => id !== sessionId) });
    if (PERSONAL.has(source)) this.stopUnwatched(source);
    this.#watch(source);
    this.#changed();
  }

  async #begin(source: TrackSource, ask: () => Promise<Captured>): Promise<void> {
    this.#install(source, await ask());
  }

  #install(source: TrackSource, { sound, ...captured }: Captured): void {
    const { track } = captured;
    if (track.readyState === 'ended') {
      if (sound) stopTracks(sound);
      throw new HitherError('capture-failed');
    }
    const before = this.#captures.get(source);
    const { isMuted, sessionIds } = before ?? { isMuted: false, sessionIds: [] };
    const isHeld = source === 'screen-audio' && this.#captures.get('screen')?.isMuted === true;
    this.#prepare(source, track, isMuted || isHeld);
    // `stop()` doesn't fire it, so it is always the source itself: its window closed, or the browser's own stop button.
    track.addEventListener('ended', () => {
      if (this.#captures.get(source)?.whole === track) void this.#handleLoss(source, track);
    });
    this.#looks.get(source)?.();
    this.#looks.set(
      source,
      watchSource(track, () => this.#look(source)),
    );
    const isHidden = isSourceHidden(track);
    const capture = this.#set({
      ...captured,
      ...{ source, isMuted, isHeld, isHidden, sessionIds },
      whole: track,
      region: null,
    });
    if (before) {
      this.events.emit('replaced', capture);
      this.#dropCrop(source);
      stopTracks(before);
      this.#mute(before, capture);
    } else {
      this.#watch(source);
      this.events.emit('begun', source);
    }
    if (source === 'screen') this.#installSound(sound ?? null);
    this.#changed();
  }

  /** What sounds with the screen from now on; `null` for a screen without a sound. */
  #installSound(sound: Captured | null): void {
    const isOver = sound?.track.readyState === 'ended';
    if (sound && !isOver) this.#install('screen-audio', sound);
    else this.stop('screen-audio');
    if (isOver) this.events.emit('lost', 'screen-audio');
  }

  /** Makes a track ready to be sent. */
  #prepare(source: TrackSource, track: MediaStreamTrack, isPaused: boolean): MediaStreamTrack {
    track.contentHint = this.encodingOf(source).contentHint;
    track.enabled = !isPaused;
    return track;
  }

  #dropCrop(source: TrackSource): void {
    this.#crops.get(source)?.stop();
    this.#crops.delete(source);
  }

  /** The source went away by itself. Until something takes its place its sessions keep what they have, which is still. */
  async #handleLoss(source: TrackSource, track: MediaStreamTrack): Promise<void> {
    const fallBack = this.#fallBacks.get(source);
    if (!fallBack) {
      this.events.emit('lost', source);
      this.stop(source);
      return;
    }
    const captured = await fallBack().catch(() => null);
    const isStillLost = this.#captures.get(source)?.whole === track;
    if (captured && isStillLost) this.#install(source, captured);
    else if (captured) stopTracks(captured);
    else if (isStillLost) this.stop(source);
  }

  /** The source may have hidden itself, or come back. */
  #look(source: TrackSource): void {
    const capture = this.#captures.get(source);
    const isHidden = capture !== undefined && isSourceHidden(capture.whole);
    if (!capture || capture.isHidden === isHidden) return;
    this.#mute(capture, { ...capture, isHidden });
    this.#changed();
  }

  /** As `#mute`, of a capture that a person pauses or continues. */
  #pause(before: Capture, capture: Capture): void {
    this.#mute(before, capture);
    capture.track.enabled = muteOf(capture) !== 'paused';
  }

  /** Says so where a capture now shows nothing for another reason, or something again. */
  #mute(before: Capture, capture: Capture): void {
    this.#set(capture);
    if (muteOf(capture) !== muteOf(before)) this.events.emit('muted', capture);
  }

  /** Lets a capture go after a while without a session. */
  #watch(source: TrackSource): void {
    clearTimeout(this.#unwatched.get(source));
    if (this.#captures.get(source)?.sessionIds.length !== 0) return;
    this.#unwatched.set(
      source,
      setTimeout(() => this.stopUnwatched(source), UNWATCHED_MS),
    );
  }

  #set(capture: Capture): Capture {
    this.#captures.set(capture.source, capture);
    return capture;
  }

  #changed(): void {
    this.events.emit('changed', undefined);
  }
}

/** Ends what was captured; the system's own sign of it goes away. */
export function stopTracks({ stream, track, sound, release }: Captured): void {
  track.stop();
  for (const each of stream.getTracks()) each.stop();
  release?.();
  if (sound) stopTracks(sound);
}
