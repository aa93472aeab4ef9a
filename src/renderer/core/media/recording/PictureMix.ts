import type { PictureMessage } from './pictureMessages';
import type { Scene } from './scene';

/** Largest picture of a recording, in pixels: what a processor encodes beside a session. */
const MOST = { width: 1920, height: 1080 };
/** Size of one that begins without a picture, or with a smaller one, which may grow. */
const LEAST = { width: 1280, height: 720 };

interface Size {
  width: number;
  height: number;
}

/**
 * How large the pictures of a recording are, in pixels: as its first one, within bounds, and even, as codecs want it.
 * @param first that picture, where there is one and the browser knows
 */
export function recordingSize(first: Partial<Size> | null): Size {
  const { width = 0, height = 0 } = first ?? {};
  if (width <= 0 || height <= 0) return LEAST;
  const shrink = Math.min(1, MOST.width / width, MOST.height / height);
  const grow = Math.max(1, Math.min(LEAST.width / width, LEAST.height / height));
  const even = (px: number): number => Math.max(2, 2 * Math.round((px * shrink * grow) / 2));
  return { width: even(width), height: even(height) };
}

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
