import type { Backend } from '../../../shared/contract/backend';
import { HitherError } from '../../../shared/errors';
import { captureScreen } from '../media/captureScreen';
import { captureUnasked } from '../media/captureUnasked';
import type { Captured, LocalMedia } from '../media/LocalMedia';
import { canCrop } from '../media/region/Crop';
import type { Region } from '../media/region/Region';
import type { Session } from '../session/Session';
import type { ScreenShares } from '../types';

export interface ScreenControlsOptions {
  backend: Backend;
  media: LocalMedia;
  session: (sessionId: string) => Session | undefined;
  /** A session that goes on. @throws HitherError `unknown-session` */
  liveSession: (sessionId: string) => Session;
  /** The app shows its own source picker. */
  hasSourcePicker: () => boolean;
}

/** Captures the screen, and shows it in sessions. */
export class ScreenControls implements ScreenShares {
  readonly canShareRegion = canCrop();
  readonly #options: ScreenControlsOptions;

  constructor(options: ScreenControlsOptions) {
    this.#options = options;
  }

  async share(sessionId: string, sourceId?: string): Promise<void> {
    const session = this.#options.liveSession(sessionId);
    await this.prepare(sourceId);
    if (session.state.phase !== 'ended') session.features.tracks.publish('screen');
    else this.#options.media.stopUnwatched('screen');
  }

  async prepare(sourceId?: string): Promise<void> {
    const { media } = this.#options;
    if (sourceId !== undefined && media.get('screen')) await this.replace(sourceId);
    else await media.capture('screen', () => this.#capture(sourceId));
  }

  stop(sessionId: string): void {
    this.#options.session(sessionId)?.features.tracks.unpublish('screen');
  }

  async replace(sourceId?: string): Promise<void> {
    const { media } = this.#options;
    if (media.get('screen')) await media.replace('screen', () => this.#capture(sourceId));
  }

  setRegion(region: Region | null, still: VideoFrame | null = null): void {
    this.#options.media.setRegion('screen', region, still);
  }

  /**
   * Captures without a question, for a device that the person lets see this screen.
   * @throws HitherError `not-allowed` where the browser has its own picker: nothing can be captured without the person then;
   *   and those of `captureUnasked`
   */
  captureUnasked(sessionId: string): Promise<void> {
    const { media, backend, hasSourcePicker } = this.#options;
    if (!hasSourcePicker()) return Promise.reject(new HitherError('not-allowed'));
    return media.capture('screen', () => captureUnasked(backend, sessionId));
  }

  async #capture(sourceId?: string): Promise<Captured> {
    if (sourceId !== undefined) await this.#options.backend.request('capture:choose', { sourceId });
    return captureScreen();
  }
}
