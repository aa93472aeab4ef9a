import type { TransferView } from '../../shared/contract/transfers';
import type { Failure } from '../../shared/errors';
import type { ManifestEntry, TransferMessage } from '../../shared/protocol/transfer';
import { rootNames } from '../../shared/transfer/manifest/names';
import { totalBytesOf } from '../../shared/transfer/manifest/offer';
import type { FileTroubles } from '../../shared/transfer/receiving/ReceiveProgress';
import { SpeedMeter } from '../../shared/transfer/SpeedMeter';
import { isOver, type TransferState } from '../../shared/transfer/status';
import type { TransferJournal } from './journal/TransferStore';

const SHOWN_NAMES = 5;

/** The engine of either direction, as far as a record looks at it. */
export interface Engine {
  readonly state: TransferState;
  readonly doneBytes: number;
  readonly doneFiles: number;
  handle(message: TransferMessage): void;
  hold(): void;
  release(): void;
  cancel(): void;
  fail(error: unknown): void;
}

/** Something that a person chose to send, so that it can be offered again. */
export interface ChosenPath {
  /** Absolute. */
  path: string;
  name: string;
}

export interface RecordOptions {
  transferId: string;
  /** With whom, over sessions and restarts. */
  deviceId: string;
  peerName: string;
  direction: 'send' | 'receive';
  nowMs: number;
}

/** One transfer as people see it: engine, manifest and the numbers around them. */
export class TransferRecord {
  readonly options: RecordOptions;
  entries: readonly ManifestEntry[] = [];
  engine: Engine | null = null;
  /** Set where a transfer ended before it had an engine. */
  failure: Failure | null = null;
  dir: string | null = null;
  /** What the file manager is to show, once something is there. */
  revealPath: (() => string) | null = null;
  /** The message that ended it; said again on a new link, as the old one may have swallowed it. */
  lastWord: TransferMessage | null = null;
  /** Where it is kept over restarts, if it is. */
  journal: TransferJournal | null = null;
  chosen: readonly ChosenPath[] = [];
  skipped: { count: number; names: string[] } = { count: 0, names: [] };
  troubles: FileTroubles = { restarted: [], failed: [], failedCount: 0, lostBlocks: 0 };
  /** Bytes of all files: as they were offered, or as they are where some changed since. */
  totalBytes: () => number = () => this.#counts.bytes;
  /** Its end has been put on record. */
  isSettled = false;
  /** Ends what a transfer still does after its end; resolves when the disk is tidy. */
  cleanedUp: () => Promise<void> = () => Promise.resolve();
  /** The kinds of the lanes that the bytes travel on at present. */
  laneKinds: () => TransferView['laneKinds'] = () => [];
  readonly #meter = new SpeedMeter();
  #counts = { files: 0, folders: 0, bytes: 0 };
  #rootNames: string[] = [];
  #endedMs: number | null = null;

  constructor(options: RecordOptions) {
    this.options = options;
  }

  /** Fills in the manifest and the engine that moves it. */
  begin(entries: readonly ManifestEntry[], engine: Engine): void {
    this.entries = entries;
    this.engine = engine;
    this.#rootNames = rootNames(entries, SHOWN_NAMES);
    const files = entries.filter((entry) => entry.kind === 'file').length;
    this.#counts = { files, folders: entries.length - files, bytes: totalBytesOf(entries) };
  }

  get isOver(): boolean {
    return this.failure !== null || (this.engine !== null && isOver(this.engine.state));
  }

  /**
   * The transfer as the page shows it.
   * @param sessionId the session with the peer, or the last one there was
   */
  view(nowMs: number, sessionId: string): TransferView {
    const state = this.engine?.state;
    const totalBytes = this.totalBytes();
    const doneBytes = state?.phase === 'done' ? totalBytes : (this.engine?.doneBytes ?? 0);
    const bytesPerSecond = this.#speed(doneBytes, nowMs);
    if (this.isOver) this.#endedMs ??= nowMs;
    const { transferId, deviceId, peerName, direction, nowMs: startedMs } = this.options;
    return {
      transferId,
      sessionId,
      peerName,
      peerId: deviceId === '' ? null : deviceId,
      direction,
      phase: this.#phase(),
      rootNames: this.#rootNames,
      fileCount: this.#counts.files,
      folderCount: this.#counts.folders,
      totalBytes,
      doneBytes,
      doneFiles: this.engine?.doneFiles ?? 0,
      bytesPerSecond,
      secondsLeft: bytesPerSecond > 0 ? (totalBytes - doneBytes) / bytesPerSecond : null,
      laneKinds: state?.phase === 'active' ? this.laneKinds() : [],
      isFirst: false,
      endedBy: state?.phase === 'cancelled' ? state.by : null,
      pausedBy: state?.phase === 'paused' ? state.by : null,
      failure: this.failure ?? (state && 'failure' in state ? state.failure : null),
      dir: this.dir,
      canReveal: state?.phase === 'done' && this.revealPath !== null,
      canRetry: this.#canRetry(state),
      skippedCount: this.skipped.count,
      skippedNames: this.skipped.names,
      restartedFiles: this.troubles.restarted,
      failedCount: this.troubles.failedCount,
      failedFiles: this.troubles.failed,
      lostBlocks: this.troubles.lostBlocks,
      startedMs,
      endedMs: this.#endedMs,
    };
  }

  #canRetry(state: TransferState | undefined): boolean {
    if (this.isOver) return this.options.direction === 'send' && this.chosen.length > 0;
    return state?.phase === 'paused' && state.by === 'me' && state.failure !== null;
  }

  #phase(): TransferView['phase'] {
    if (this.failure) return 'failed';
    const phase = this.engine?.state.phase;
    if (phase === undefined) return 'preparing';
    if (phase === 'asked') return this.options.direction === 'send' ? 'offered' : 'incoming';
    return phase;
  }

  #speed(doneBytes: number, nowMs: number): number {
    if (this.engine?.state.phase !== 'active') {
      this.#meter.reset();
      return 0;
    }
    const speed = this.#meter.bytesPerSecond(doneBytes, nowMs);
    this.#meter.note(doneBytes, nowMs);
    return speed;
  }
}
