import type { Backend } from '../../../../shared/contract/backend';
import type { OwnRecording } from '../../../../shared/contract/recordings';
import { type Failure, failureOf, HitherError } from '../../../../shared/errors';
import type { CoreSnapshot } from '../../types';
import { canRecord, recordingFormat, type RecordingFormat } from './recordingFormat';
import { NO_PATCH, Recorder, type RecorderOptionsOfUse } from './Recorder';
import type { Scene } from './scene';

/** What a person does with recordings. What comes of it shows in the snapshot's `recordings`. */
export interface RecordingControls {
  /** Whether this browser can record. */
  readonly canRecord: boolean;
  /**
   * Asks everybody in these sessions; the recording begins when all have said yes.
   * @param nameAt what the file shall be called, without its ending, of a recording that begins at this time of day
   * @throws HitherError `recording-unable`, or as `recordings:ask`
   */
  ask(sessionIds: readonly string[], nameAt: (nowMs: number) => string): Promise<void>;
  /** Stops this device's recording, or takes its question back. */
  stop(): void;
}

export interface RecordingControlOptions {
  readonly backend: Backend;
  getSnapshot(): Pick<CoreSnapshot, 'recordings' | 'connection'>;
  subscribe(listener: () => void): () => void;
  /** What is on the stage of these sessions, and heard. */
  sceneOf(sessionIds: readonly string[]): Scene;
}

/** As `Recorder`, for tests to stand in. */
export type CreateRecorder = (options: RecorderOptionsOfUse) => Pick<Recorder, 'show' | 'stop' | 'abandon'>;

/** What the browser itself can do of it, for tests to stand in. */
export interface RecordingBrowser {
  canRecord: () => boolean;
  format: () => RecordingFormat | null;
  createRecorder: CreateRecorder;
}

const thisBrowser: RecordingBrowser = {
  canRecord,
  format: () => recordingFormat(),
  createRecorder: (options) => new Recorder(options),
};

/** Records what the person sees and hears, as long as the backend says that everybody agrees. */
export class RecordingControl implements RecordingControls {
  readonly #options: RecordingControlOptions;
  readonly #browser: RecordingBrowser;
  #nameAt: (nowMs: number) => string = () => 'Recording';
  /** The one that was begun, and its recorder once its file is open. */
  #begun: { recordingId: string; recorder: ReturnType<CreateRecorder> | null } | null = null;
  #isFinishing = false;

  constructor(options: RecordingControlOptions, browser = thisBrowser) {
    this.#options = options;
    this.#browser = browser;
  }

  get canRecord(): boolean {
    return this.#browser.canRecord();
  }

  /** Begins to follow what everybody said and what is on the stage. Call once. */
  start(): void {
    this.#options.subscribe(() => this.#follow());
  }

  async ask(sessionIds: readonly string[], nameAt: (nowMs: number) => string): Promise<void> {
    if (!this.canRecord) throw new HitherError('recording-unable');
    this.#nameAt = nameAt;
    await this.#options.backend.request('recordings:ask', { sessionIds: [...sessionIds] });
  }

  stop(): void {
    const { own } = this.#options.getSnapshot().recordings;
    if (own) void this.#finish(own.recordingId, null);
  }

  #follow(): void {
    const { recordings, connection } = this.#options.getSnapshot();
    const { own } = recordings;
    const isOurs = own !== null && own.recordingId === this.#begun?.recordingId && connection === 'ready';
    if (this.#begun && !isOurs) this.#abandon();
    if (!own || connection !== 'ready') return;
    if (own.phase === 'allowed' && !this.#begun) void this.#begin(own);
    if (own.phase === 'running') this.#begun?.recorder?.show(this.#options.sceneOf(own.sessionIds));
    if (own.phase === 'stopping' && this.#begun) void this.#finish(own.recordingId, null);
  }

  async #begin({ recordingId, sessionIds }: OwnRecording): Promise<void> {
    const { backend } = this.#options;
    const begun = { recordingId, recorder: null as ReturnType<CreateRecorder> | null };
    this.#begun = begun;
    this.#isFinishing = false;
    try {
      const format = this.#browser.format();
      if (!format) throw new HitherError('recording-unable');
      const name = this.#nameAt(Date.now());
      await backend.request('recordings:start', { recordingId, name, ending: format.ending });
      if (this.#begun !== begun) return;
      begun.recorder = this.#browser.createRecorder({
        format,
        scene: this.#options.sceneOf(sessionIds),
        write: (offsetBytes, bytes) =>
          backend.request('recordings:write', { recordingId, offsetBytes, bytes }),
        onFailure: (error) => void this.#finish(recordingId, failureOf(error)),
      });
    } catch (error) {
      await this.#finish(recordingId, failureOf(error));
    }
  }

  /** Hands over what there is; of one that has not begun the question is taken back. */
  async #finish(recordingId: string, failure: Failure | null): Promise<void> {
    if (this.#isFinishing && this.#begun?.recordingId === recordingId) return;
    this.#isFinishing = true;
    const isOurs = this.#begun?.recordingId === recordingId;
    const end = isOurs ? await this.#begun?.recorder?.stop() : undefined;
    // A backend that is gone has closed the file by itself.
    await this.#options.backend
      .request('recordings:stop', { recordingId, ...(end ?? NO_PATCH), failure })
      .catch(() => undefined);
    if (this.#begun?.recordingId === recordingId) this.#begun = null;
    this.#isFinishing = false;
  }

  /** The backend has no such recording any more, or is gone. */
  #abandon(): void {
    this.#begun?.recorder?.abandon();
    this.#begun = null;
  }
}
