import type { EndedRecording, OwnRecording, RecordingEnd } from '../../shared/contract/recordings';
import { type Failure, failureOf, HitherError } from '../../shared/errors';
import { toHex } from '../../shared/ids';
import { ANSWER_TIMEOUT_MS } from '../../shared/protocol/lan';
import type { RecordingMessage, RecordingNo } from '../../shared/protocol/recordings';
import type { Cancel, Clock, FileAccess, Random } from '../ports';
import { type Patch, RecordingFile, type RecordingName } from './RecordingFile';

/** How long a page may take to begin once everybody said yes, in ms. */
const START_MS = 30_000;
/** How long it may take to hand over what it has once a recording has to end, in ms: its pieces are of one second. */
const LAST_WORDS_MS = 5_000;

export interface OwnRecordingsOptions {
  clock: Clock;
  random: Random;
  files: Pick<FileAccess, 'checkFolder' | 'createFile'>;
  /** The folder of received files. */
  dir: () => string;
  /** Says something in a session; throws HitherError where it can't. */
  send: (sessionId: string, message: RecordingMessage) => void;
  onChange: () => void;
  onEnded: (ended: EndedRecording | null, path: string | null) => void;
}

/** Why a recording ends, and whom that hangs on. */
interface Cause {
  reason: RecordingEnd;
  peerName?: string;
  failure?: Failure | null;
}

interface Current {
  recordingId: string;
  /** Who has said yes so far, by session. */
  yes: Map<string, boolean>;
  phase: OwnRecording['phase'];
  waitsUntilMs: number | null;
  startedMs: number | null;
  startedMonotonicMs: number;
  file: RecordingFile | null;
  cause: Cause | null;
  cancelTimer: Cancel;
  /** The others have been told that it is over. */
  isToldOver: boolean;
  finished: Promise<void> | null;
}

/**
 * This device as the one that records: at most one recording at a time, of any number of sessions. There is no file before everybody in them
 * has said yes, and it ends with the first yes that is taken back and with the first session that is over.
 */
export class OwnRecordings {
  readonly #options: OwnRecordingsOptions;
  #current: Current | null = null;

  constructor(options: OwnRecordingsOptions) {
    this.#options = options;
  }

  get view(): OwnRecording | null {
    const current = this.#current;
    if (!current) return null;
    const { recordingId, yes, phase, waitsUntilMs, startedMs, file } = current;
    const sizeBytes = file?.sizeBytes ?? 0;
    return { recordingId, sessionIds: [...yes.keys()], phase, waitsUntilMs, startedMs, sizeBytes };
  }

  /**
   * Asks everybody in these sessions.
   * @throws HitherError `recording-running`, `unknown-session`, or with what is wrong with the folder
   */
  async ask(sessionIds: readonly string[]): Promise<string> {
    const { clock, random, files, dir, send, onChange } = this.#options;
    this.#requireNone();
    await files.checkFolder(dir());
    this.#requireNone();
    const recordingId = toHex(random(16));
    for (const sessionId of sessionIds) send(sessionId, { type: 'recording-request', recordingId });
    this.#current = {
      recordingId,
      yes: new Map(sessionIds.map((sessionId) => [sessionId, false])),
      phase: 'asking',
      waitsUntilMs: clock.now() + ANSWER_TIMEOUT_MS,
      startedMs: null,
      startedMonotonicMs: 0,
      file: null,
      cause: null,
      cancelTimer: clock.after(ANSWER_TIMEOUT_MS, () => this.#end({ reason: 'no-answer' })),
      isToldOver: false,
      finished: null,
    };
    onChange();
    return recordingId;
  }

  /** Somebody has said yes. */
  allowed(sessionId: string, recordingId: string): void {
    const current = this.#named(recordingId);
    if (current?.phase !== 'asking' || !current.yes.has(sessionId)) return;
    current.yes.set(sessionId, true);
    if ([...current.yes.values()].every((isYes) => isYes)) {
      current.phase = 'allowed';
      current.waitsUntilMs = null;
      this.#setTimer(current, START_MS, { reason: 'failed', failure: { code: 'timed-out', facts: {} } });
    }
    this.#options.onChange();
  }

  /** Somebody has said no, or takes their yes back. */
  refused(sessionId: string, recordingId: string, reason: RecordingNo | 'withdrawn', peerName: string): void {
    const current = this.#named(recordingId);
    if (!current?.yes.has(sessionId)) return;
    this.#end({ reason: reason === 'not-now' ? 'declined' : reason, peerName }, sessionId);
  }

  /** A session is over, and with it every yes that was said in it. */
  sessionClosed(sessionId: string, peerName: string): void {
    if (this.#current?.yes.has(sessionId)) this.#end({ reason: 'session-ended', peerName }, sessionId);
  }

  /** Nobody hands over any more. */
  pageGone(): void {
    if (this.#current) this.#end({ reason: 'page-gone' }, null, true);
  }

  /** Opens the file. @throws HitherError `not-allowed` unless everybody has said yes, or with what the disk says */
  async start(recordingId: string, name: RecordingName): Promise<void> {
    const { clock, files, dir, onChange } = this.#options;
    const current = this.#named(recordingId);
    if (current?.phase !== 'allowed') throw new HitherError('not-allowed');
    // No second one while the disk takes its time.
    current.phase = 'running';
    current.cancelTimer();
    try {
      const file = await RecordingFile.open(files, clock, dir(), name);
      // Somebody may have taken their yes back meanwhile.
      if (this.#current !== current || current.cause !== null) {
        await file.close(null);
        throw new HitherError('not-allowed');
      }
      current.file = file;
    } catch (error) {
      if (this.#current === current) this.#fail(error);
      throw error;
    }
    current.startedMs = clock.now();
    current.startedMonotonicMs = clock.monotonicMs();
    this.#tell(current, { type: 'recording-started', recordingId });
    onChange();
  }

  /** Appends to the file. @throws HitherError `not-allowed` where there is none, or with what the disk says */
  async write(recordingId: string, offsetBytes: number, bytes: Uint8Array): Promise<void> {
    const current = this.#named(recordingId);
    if (!current?.file) throw new HitherError('not-allowed');
    try {
      await current.file.append(offsetBytes, bytes);
    } catch (error) {
      if (this.#current === current) this.#fail(error);
      throw error;
    }
    this.#options.onChange();
  }

  /** The page has handed over everything, or takes the question back. Unknown ids are fine: it is over already. */
  async stop(recordingId: string, patch: Patch | null, failure: Failure | null): Promise<void> {
    const current = this.#named(recordingId);
    if (!current) return;
    current.cause ??= failure ? { reason: 'failed', failure } : { reason: 'stopped' };
    await this.#finish(current, patch);
  }

  /** Ends what there is, keeping it. */
  async close(): Promise<void> {
    if (!this.#current) return;
    this.#current.cause ??= { reason: 'stopped' };
    await this.#finish(this.#current, null);
  }

  #requireNone(): void {
    if (this.#current) throw new HitherError('recording-running');
  }

  #named(recordingId: string): Current | null {
    return this.#current?.recordingId === recordingId ? this.#current : null;
  }

  /** @param silentId the session that knows already @param isAtOnce the page has nothing more to hand over */
  #end(cause: Cause, silentId: string | null = null, isAtOnce = false): void {
    const current = this.#current;
    if (!current) return;
    current.cause ??= cause;
    this.#tellOver(current, silentId);
    if (isAtOnce || current.file === null) {
      void this.#finish(current, null);
      return;
    }
    if (current.phase === 'stopping') return;
    current.phase = 'stopping';
    this.#setTimer(current, LAST_WORDS_MS, cause);
    this.#options.onChange();
  }

  #fail(error: unknown): void {
    this.#end({ reason: 'failed', failure: failureOf(error) }, null, true);
  }

  #setTimer(current: Current, delayMs: number, cause: Cause): void {
    current.cancelTimer();
    current.cancelTimer = this.#options.clock.after(delayMs, () => this.#end(cause, null, true));
  }

  #finish(current: Current, patch: Patch | null): Promise<void> {
    current.finished ??= this.#close(current, patch);
    return current.finished;
  }

  async #close(current: Current, patch: Patch | null): Promise<void> {
    const { clock, onChange, onEnded } = this.#options;
    const { recordingId, file, cause } = current;
    const durationMs = clock.monotonicMs() - current.startedMonotonicMs;
    current.cancelTimer();
    current.phase = 'stopping';
    this.#tellOver(current, null);
    if (file) onChange();
    const isKept = file !== null && (await file.close(patch));
    this.#current = null;
    const { reason, peerName = null, failure = null } = cause ?? { reason: 'stopped' };
    const kept = isKept ? { ...placeOf(file.path), sizeBytes: file.sizeBytes, durationMs } : null;
    // A question that its own person took back is no news to them.
    const isNews = kept !== null || reason !== 'stopped';
    onEnded(
      isNews ? { recordingId, reason, peerName, file: kept, failure } : null,
      kept && file ? file.path : null,
    );
  }

  #tellOver(current: Current, silentId: string | null): void {
    if (current.isToldOver) return;
    current.isToldOver = true;
    const { recordingId } = current;
    this.#tell(current, { type: 'recording-stopped', recordingId }, silentId);
  }

  #tell(current: Current, message: RecordingMessage, silentId: string | null = null): void {
    for (const sessionId of current.yes.keys()) {
      if (sessionId === silentId) continue;
      try {
        this.#options.send(sessionId, message);
      } catch (error) {
        // A session that is over has ended the yes by itself.
        if (!(error instanceof HitherError)) throw error;
      }
    }
  }
}

/** Folder and name of a path of either kind of system. */
function placeOf(path: string): { dir: string; name: string } {
  const at = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
  return { dir: path.slice(0, at), name: path.slice(at + 1) };
}
