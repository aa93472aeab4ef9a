import type { PictureMessage } from './pictureMessages';
import { recordingSize } from './recordingSize';
import type { Scene } from './scene';

/** One video track of a fixed size, of sources that come, go and change theirs. Call where `canRecord` alone. */
export class PictureMix {
  readonly track: MediaStreamTrack;
  readonly #worker: Worker;
  #shown: Scene['picture'] = null;
  /** A track of its own to read from: one that is read does not end while somebody waits for a frame. */
  #source: MediaStreamTrack | null = null;

  constructor(first: Scene['picture']) {
    const generator = new MediaStreamTrackGenerator({ kind: 'video' });
    const { writable } = generator;
    this.track = generator;
    this.#worker = new Worker(new URL('./pictureWorker.ts', import.meta.url), { type: 'module' });
    const size = recordingSize(first instanceof MediaStreamTrack ? first.getSettings() : null);
    this.#tell({ kind: 'open', writable, ...size }, [writable]);
    this.show(first);
  }

  show(picture: Scene['picture']): void {
    if (picture === this.#shown) return;
    this.#shown = picture;
    const before = this.#source;
    this.#source = null;
    if (picture === null || picture === 'hold') this.#tell({ kind: picture === null ? 'blank' : 'hold' });
    else {
      this.#source = picture.clone();
      const { readable } = new MediaStreamTrackProcessor({ track: this.#source, maxBufferSize: 1 });
      this.#tell({ kind: 'show', readable }, [readable]);
    }
    before?.stop();
  }

  close(): void {
    this.#source?.stop();
    this.track.stop();
    this.#worker.terminate();
  }

  #tell(message: PictureMessage, transfer: Transferable[] = []): void {
    this.#worker.postMessage(message, transfer);
  }
}
