import type { Backend } from '../../../../shared/contract/backend';
import type { MicrophoneState } from '../../../../shared/contract/shell';
import { HitherError } from '../../../../shared/errors';
import { type ChosenDevice, DEFAULT_VOICE, type VoiceSettings } from '../../../../shared/settings/voice';
import { captureUser } from './captureUser';
import { denoise } from './denoise';
import { chosenIn, DeviceList, type DeviceLists, type MediaDevicesPort, NO_DEVICES } from './DeviceList';
import { LevelMeters, type Meter } from '../levels/LevelMeters';
import { type Captured, type LocalMedia, stopTracks } from '../LocalMedia';
import type { SessionTracks } from '../SessionTracks';
import type { UserSource } from './UserSource';

/** A device that is tried before anybody hears or sees it; who asked for it ends it. */
export interface UserPreview {
  stream: MediaStream;
  stop(): void;
}

/** What a person does with their own microphone and camera. */
export interface UserMediaControls {
  /** How loud streams are, one's own and those of others. */
  readonly levels: Pick<LevelMeters, 'watch'>;
  /**
   * Has the person's voice or camera in a session: asks for it the first time, and unmutes it.
   * @throws HitherError `unknown-session`; `microphone-denied`, `-missing` or `-busy`, and the same of a camera
   */
  turnOn(sessionId: string, source: UserSource): Promise<void>;
  /** Takes it away from this session; the device is let go unless another session has it. */
  turnOff(sessionId: string, source: UserSource): void;
  /** Captures it for the person alone, as before a session. Throws as `turnOn`. */
  preview(source: UserSource): Promise<UserPreview>;
}

export interface UserMediaOptions {
  /** Tells when the person mutes by the tray or by the keys for every program. */
  backend: Pick<Backend, 'on'>;
  media: LocalMedia;
  /** The tracks of a session that has not ended; `null` of any other. */
  tracksOf: (sessionId: string) => Pick<SessionTracks, 'publish' | 'unpublish'> | null;
  openMeter: (stream: MediaStream) => Meter | null;
  /** The browser's; `undefined` where a page has none. */
  devices: MediaDevicesPort | undefined;
  /** As `captureUser`, for tests to stand in. */
  capture?: typeof captureUser;
  denoise?: typeof denoise;
  onChange: () => void;
  /** Something that no caller waits for, also that another device stands in for one that is gone. */
  onFailure: (error: unknown) => void;
}

/** Microphone and camera of the person: which devices, and what happens when one goes. */
export class UserMedia implements UserMediaControls {
  readonly levels: LevelMeters;
  readonly #options: UserMediaOptions;
  readonly #capture: typeof captureUser;
  readonly #denoise: typeof denoise;
  readonly #list: DeviceList;
  #voice: VoiceSettings = DEFAULT_VOICE;
  #lists = NO_DEVICES;

  constructor(options: UserMediaOptions) {
    this.#options = options;
    this.levels = new LevelMeters(options.openMeter);
    this.#capture = options.capture ?? captureUser;
    this.#denoise = options.denoise ?? denoise;
    this.#list = new DeviceList(options.devices, (lists) => {
      this.#lists = lists;
      options.onChange();
    });
  }

  get lists(): DeviceLists {
    return this.#lists;
  }

  /** How the microphone stands, whoever hears it. */
  get microphone(): MicrophoneState {
    const capture = this.#options.media.get('microphone');
    if (!capture) return 'off';
    return capture.isMuted ? 'muted' : 'on';
  }

  /** Begins to follow which devices there are; captures nothing. */
  start(): void {
    const { backend, media, onFailure } = this.#options;
    this.#list.start();
    backend.on('voice:toggleMute', () => media.setMuted('microphone', this.microphone === 'on'));
    backend.on('voice:muteKeyTaken', () => onFailure(new HitherError('mute-key-taken')));
  }

  async turnOn(sessionId: string, source: UserSource): Promise<void> {
    const { media, tracksOf } = this.#options;
    if (!tracksOf(sessionId)) throw new HitherError('unknown-session');
    await media.capture(
      source,
      () => this.#ask(source),
      () => this.#fallBack(source),
    );
    // It may have ended while the person was asked.
    const tracks = tracksOf(sessionId);
    if (!tracks) {
      media.stopUnwatched(source);
      return;
    }
    media.setMuted(source, false);
    tracks.publish(source);
    void this.#list.refresh();
  }

  turnOff(sessionId: string, source: UserSource): void {
    this.#options.tracksOf(sessionId)?.unpublish(source);
  }

  /** What the person has chosen now; a capture of another device, or with other processing, is replaced. */
  follow(voice: VoiceSettings): void {
    const before = this.#voice;
    this.#voice = voice;
    if (isOtherMicrophone(before, voice)) this.#renew('microphone');
    if (before.camera?.deviceId !== voice.camera?.deviceId) this.#renew('camera');
  }

  async preview(source: UserSource): Promise<UserPreview> {
    const captured = await this.#ask(source);
    void this.#list.refresh();
    return { stream: captured.stream, stop: () => stopTracks(captured) };
  }

  #ask(source: UserSource): Promise<Captured> {
    const listed = source === 'microphone' ? this.#lists.microphones : this.#lists.cameras;
    const chosen = this.#voice[source];
    return this.#captureFrom(source, chosenIn(listed, chosen) ?? chosen);
  }

  /** Captures, and takes out the noise where the person wants RNNoise for it; where that can't be had, the browser does. */
  async #captureFrom(source: UserSource, device: ChosenDevice | null): Promise<Captured> {
    const captured = await this.#capture(source, this.#voice, device);
    if (source !== 'microphone' || !this.#voice.rnnoise || !this.#voice.noiseSuppression) return captured;
    try {
      return await this.#denoise(captured);
    } catch (error) {
      this.#options.onFailure(new HitherError('rnnoise-failed', {}, error));
      await captured.track.applyConstraints({ noiseSuppression: true }).catch(() => undefined);
      return captured;
    }
  }

  #renew(source: UserSource): void {
    const { media, onFailure } = this.#options;
    if (media.get(source)) media.replace(source, () => this.#ask(source)).catch(onFailure);
  }

  /** The device is gone, or the permission: what the system uses now takes its place, and the person is told. */
  async #fallBack(source: UserSource): Promise<Captured> {
    const { media, onFailure } = this.#options;
    const gone = media.get(source)?.label ?? '';
    try {
      const captured = await this.#captureFrom(source, null);
      onFailure(new HitherError(`${source}-replaced`, { gone, now: captured.label }));
      return captured;
    } catch (error) {
      onFailure(new HitherError(`${source}-lost`, { gone }));
      throw error;
    }
  }
}

function isOtherMicrophone(before: VoiceSettings, after: VoiceSettings): boolean {
  return (
    before.microphone?.deviceId !== after.microphone?.deviceId ||
    before.echoCancellation !== after.echoCancellation ||
    before.noiseSuppression !== after.noiseSuppression ||
    before.autoGainControl !== after.autoGainControl ||
    before.rnnoise !== after.rnnoise
  );
}
