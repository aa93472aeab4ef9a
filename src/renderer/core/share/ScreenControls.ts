import type { Backend } from '../../../shared/contract/backend';
import type { AppState } from '../../../shared/contract/app';
import { HitherError } from '../../../shared/errors';
import { canAskForSound, captureScreen } from '../media/captureScreen';
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
  /** What the backend said first of itself; `null` before. */
  app: () => AppState | null;
  /** Whether the person wants the sound with a screen. */
  wantsSound: () => boolean;
  /** Something about the sound that no caller waits for. */
  onFailure: (error: unknown) => void;
}

/** Captures the screen, and shows it in sessions. */
export class ScreenControls implements ScreenShares {
  readonly canShareRegion = canCrop();
  readonly canAskForSound = canAskForSound();
  readonly #options: ScreenControlsOptions;

  constructor(options: ScreenControlsOptions) {
    this.#options = options;
    options.media.events.on('lost', (source) => {
      if (source === 'screen-audio') options.onFailure(this.#soundFailure('sound-lost'));
    });
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
    const { media, backend, app } = this.#options;
    if (app()?.capabilities.hasSourcePicker !== true) return Promise.reject(new HitherError('not-allowed'));
    return media.capture('screen', () => captureUnasked(backend, sessionId));
  }

  async #capture(sourceId?: string): Promise<Captured> {
    const hasSound = this.#options.wantsSound() && this.#soundWay() !== 'none';
    const captured = await this.#captureWith(hasSound, sourceId).catch((error: unknown) => {
      // A sound that the system can't give must not cost the picture; a browser would ask the person again.
      const isMaybeSound = error instanceof HitherError && error.code === 'capture-failed' && hasSound;
      if (!isMaybeSound || sourceId === undefined) throw error;
      return this.#captureWith(false, sourceId);
    });
    if (hasSound && !captured.sound) this.#options.onFailure(this.#soundFailure('sound-missing'));
    return captured;
  }

  async #captureWith(hasSound: boolean, sourceId?: string): Promise<Captured> {
    if (sourceId !== undefined) await this.#options.backend.request('capture:choose', { sourceId });
    return captureScreen({ hasSound });
  }

  /** Who gives the sound: this computer, in the desktop app, or the browser's dialog. */
  #soundWay(): 'computer' | 'browser' | 'none' {
    const capabilities = this.#options.app()?.capabilities;
    if (capabilities?.canShareSound === true) return 'computer';
    return capabilities?.runtime === 'headless' && this.canAskForSound ? 'browser' : 'none';
  }

  /** macOS gives a track that ends at once where the person has not allowed it; elsewhere it is what it looks like. */
  #soundFailure(code: 'sound-missing' | 'sound-lost'): HitherError {
    if (this.#soundWay() !== 'computer')
      return new HitherError(code === 'sound-missing' ? 'sound-not-chosen' : code);
    const isMac = this.#options.app()?.device.platform === 'macos';
    return new HitherError(isMac ? 'sound-denied' : code);
  }
}
