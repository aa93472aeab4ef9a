import { HitherError } from '../../../../shared/errors';
import { ChunkWriter, type ChunkWriterOptions } from './ChunkWriter';
import { PictureMix } from './PictureMix';
import { type RecordingFormat } from './recordingFormat';
import type { Scene } from './scene';
import { SoundMix } from './SoundMix';
import { durationElement } from './webmDuration';

/** How often the browser hands over what it has, in ms: a crash loses about as much. */
const CHUNK_MS = 1_000;
/** How often a picture stands for itself, in ms: a player jumps there, and a cluster of the file begins. */
const KEY_FRAME_MS = 5_000;
/** 19 MB a minute at most: text stays sharp at 15 pictures a second, and a still screen takes a tenth. */
const VIDEO_BITS_PER_SECOND = 2_500_000;
const AUDIO_BITS_PER_SECOND = 128_000;

/** Has Chromium's option beside the standard's. */
interface RecorderOptions extends MediaRecorderOptions {
  videoKeyFrameIntervalDuration: number;
}

/** What the end of a file puts right near its beginning. */
type FileEnd = { patchAt: number; bytes: Uint8Array<ArrayBuffer> } | { patchAt: null };

export const NO_PATCH: FileEnd = { patchAt: null };

export interface RecorderOptionsOfUse extends ChunkWriterOptions {
  format: RecordingFormat;
  scene: Scene;
}

/** Makes the bytes of one recording out of what is on the stage. Call where `canRecord` alone. */
export class Recorder {
  readonly #picture: PictureMix;
  readonly #sound = new SoundMix();
  readonly #writer: ChunkWriter;
  readonly #recorder: MediaRecorder;
  readonly #startedMs = performance.now();
  #stopped: Promise<void> | null = null;

  constructor({ format, scene, ...writing }: RecorderOptionsOfUse) {
    this.#picture = new PictureMix(scene.picture);
    this.#sound.set(scene.sounds);
    this.#writer = new ChunkWriter(writing);
    const options: RecorderOptions = {
      mimeType: format.mimeType,
      videoBitsPerSecond: VIDEO_BITS_PER_SECOND,
      audioBitsPerSecond: AUDIO_BITS_PER_SECOND,
      videoKeyFrameIntervalDuration: KEY_FRAME_MS,
    };
    const stream = new MediaStream([this.#picture.track, this.#sound.track]);
    this.#recorder = new MediaRecorder(stream, options);
    this.#recorder.addEventListener('dataavailable', ({ data }) => this.#writer.add(data));
    this.#recorder.addEventListener('error', () => writing.onFailure(new HitherError('capture-failed')));
    this.#recorder.start(CHUNK_MS);
  }

  /** Goes on with what is on the stage now. */
  show({ picture, sounds }: Scene): void {
    if (this.#stopped) return;
    this.#picture.show(picture);
    this.#sound.set(sounds);
  }

  /**
   * Records nothing more from now on.
   * @returns what the end of the file puts right near its beginning, once everything before is written
   */
  async stop(): Promise<FileEnd> {
    const durationMs = performance.now() - this.#startedMs;
    this.#stopped ??= this.#end();
    await this.#stopped;
    await this.#writer.drained();
    const { roomAt } = this.#writer;
    return roomAt === null ? NO_PATCH : { patchAt: roomAt, bytes: durationElement(durationMs) };
  }

  /** The same where nobody takes what it has. */
  abandon(): void {
    this.#writer.drop();
    this.#stopped ??= this.#end();
  }

  async #end(): Promise<void> {
    const recorder = this.#recorder;
    if (recorder.state !== 'inactive')
      await new Promise<void>((resolve) => {
        recorder.addEventListener('stop', () => resolve(), { once: true });
        recorder.stop();
      });
    this.#picture.close();
    this.#sound.close();
  }
}
