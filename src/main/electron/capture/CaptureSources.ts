import type { CaptureSource } from '../../../shared/contract/shell';
import { HitherError } from '../../../shared/errors';
import type { Log } from '../../../backend/ports';
import { isTrustedUrl } from '../window/pageOrigin';
import { type ChosenSource, SourceChoice } from './SourceChoice';

/** Thumbnails are drawn at most this large, in physical pixels; a card of the picker shows them at half. */
const THUMBNAIL = { width: 320, height: 200 };

/** The part of `desktopCapturer` in use. */
interface CapturerPort {
  getSources(options: {
    types: ('screen' | 'window')[];
    thumbnailSize: { width: number; height: number };
  }): Promise<{ id: string; name: string; thumbnail: { isEmpty(): boolean; toDataURL(): string } }[]>;
}

/** A page's `getDisplayMedia`, as Electron reports it. */
export interface DisplayMediaRequest {
  frame: { readonly parent: unknown } | null;
  securityOrigin: string;
  videoRequested: boolean;
  audioRequested: boolean;
}

/** What a capture is given; without a sound unless one was asked for. */
interface Streams {
  video: ChosenSource;
  /** The sound of the computer, which its person goes on hearing. */
  audio?: 'loopback';
}

export interface CaptureSourcesOptions {
  capturer: CapturerPort;
  origins: ReadonlySet<string>;
  /** The desktop's own dialog picks the source; see `usesPortal`. */
  hasPortal: boolean;
  /** Whether the system lets this app see the screen, where it can tell (macOS). */
  isScreenAllowed: () => boolean;
  /** Whether this system can give the sound of the computer. */
  canShareSound: boolean;
  /** Whether the person has the sound go with a screen, by the settings. */
  isSoundOn: () => boolean;
  now: () => number;
  log: Log;
}

/**
 * Whether Chromium captures through PipeWire and the desktop portal, by Chromium's own rule. There, listing sources
 * *is* the portal's prompt, gives the one source that the person picked, and its id works for one capture only.
 */
export function usesPortal(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): boolean {
  const isWayland =
    env['XDG_SESSION_TYPE']?.startsWith('wayland') === true && Boolean(env['WAYLAND_DISPLAY']);
  return platform === 'linux' && isWayland;
}

/** Lists screens and windows for the picker, and answers the page's `getDisplayMedia` with the one chosen. */
export class CaptureSources {
  readonly #options: CaptureSourcesOptions;
  readonly #choice: SourceChoice;
  #listing: Promise<CaptureSource[]> | null = null;

  constructor(options: CaptureSourcesOptions) {
    this.#options = options;
    this.#choice = new SourceChoice(options.now);
  }

  /** Whether the page shows its own picker; otherwise `getDisplayMedia` alone brings up the desktop's. */
  get hasPicker(): boolean {
    return !this.#options.hasPortal;
  }

  /** Whether a capture can have the sound of the computer with it. */
  get canShareSound(): boolean {
    return this.#options.canShareSound;
  }

  /**
   * Screens, then windows, with thumbnails. Calls while one is under way share its answer: a listing draws every window.
   * @throws HitherError `not-allowed` where the desktop has its own picker, `capture-denied` where the system refuses
   */
  async list(): Promise<CaptureSource[]> {
    if (!this.hasPicker) throw new HitherError('not-allowed');
    this.#listing ??= this.#list().finally(() => (this.#listing = null));
    return this.#listing;
  }

  /**
   * The next capture request within 10 s gets this source.
   * @throws HitherError `unknown-source` for an id that the last listing did not have
   */
  choose(sourceId: string): void {
    this.#choice.choose(sourceId);
  }

  /** Answers one capture request: calls back exactly once, with `null` to deny. Never throws. */
  async answer(request: DisplayMediaRequest, callback: (streams: Streams | null) => void): Promise<void> {
    const source = await this.#sourceFor(request).catch((error: unknown) => {
      this.#options.log.error('capture request failed', { error });
      return null;
    });
    try {
      const sound = this.#hasSound(request) ? { audio: 'loopback' as const } : {};
      callback(source === null ? null : { video: source, ...sound });
    } catch (error) {
      this.#options.log.warn('capture request without a page', { error });
    }
  }

  /** A page alone can't take the sound: its person has to have turned it on as well. */
  #hasSound({ audioRequested }: DisplayMediaRequest): boolean {
    return audioRequested && this.#options.canShareSound && this.#options.isSoundOn();
  }

  async #sourceFor(request: DisplayMediaRequest): Promise<ChosenSource | null> {
    const isOurs =
      request.frame?.parent === null && isTrustedUrl(request.securityOrigin, this.#options.origins);
    if (!isOurs || !request.videoRequested) return null;
    if (this.hasPicker) return this.#choice.consume();
    const [picked] = await this.#options.capturer.getSources({
      types: ['screen', 'window'],
      thumbnailSize: { width: 0, height: 0 },
    });
    return picked === undefined ? null : { id: picked.id, name: picked.name };
  }

  async #list(): Promise<CaptureSource[]> {
    const found = await this.#options.capturer
      .getSources({ types: ['screen', 'window'], thumbnailSize: THUMBNAIL })
      .catch((error: unknown) => {
        if (this.#options.isScreenAllowed()) throw new HitherError('capture-failed', {}, error);
        return [];
      });
    // Asked only now: on macOS the listing itself brings up the system's question, the first time.
    if (!this.#options.isScreenAllowed()) throw new HitherError('capture-denied');
    this.#choice.show(found);
    const sources = found.map(({ id, name, thumbnail }) => ({
      sourceId: id,
      kind: id.startsWith('screen:') ? ('screen' as const) : ('window' as const),
      name,
      thumbnail: thumbnail.isEmpty() ? '' : thumbnail.toDataURL(),
    }));
    return [
      ...sources.filter(({ kind }) => kind === 'screen'),
      ...sources.filter(({ kind }) => kind === 'window'),
    ];
  }
}
