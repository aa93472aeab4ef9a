import type { TransferView } from '../../shared/contract/transfers';
import type { Failure } from '../../shared/errors';
import type { ManifestEntry, TransferMessage } from '../../shared/protocol/transfer';
import { rootNames } from '../../shared/transfer/names';
import { totalBytesOf } from '../../shared/transfer/offer';
import { SpeedMeter } from '../../shared/transfer/SpeedMeter';
import { isOver, type TransferState } from '../../shared/transfer/status';

const SHOWN_NAMES = 5;

/** The engine of either direction, as far as a record looks at it. */
export interface Engine {
  readonly state: TransferState;
  readonly doneBytes: number;
  readonly doneFiles: number;
  handle(message: TransferMessage): void;
  cancel(): void;
  fail(error: unknown): void;
}

export interface RecordOptions {
  transferId: string;
  sessionId: string;
  direction: 'send' | 'receive';
  peerName: string;
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
  readonly #meter = new SpeedMeter();
  #counts = { files: 0, folders: 0, bytes: 0 };
  #endedMs: number | null = null;

  constructor(options: RecordOptions) {
    this.options = options;
  }

  /** Fills in the manifest and the engine that moves it. */
  begin(entries: readonly ManifestEntry[], engine: Engine): void {
    this.entries = entries;
    this.engine = engine;
    const files = entries.filter((entry) => entry.kind === 'file').length;
    this.#counts = { files, folders: entries.length - files, bytes: totalBytesOf(entries) };
  }

  get isOver(): boolean {
    return this.failure !== null || (this.engine !== null && isOver(this.engine.state));
  }

  /** The transfer as the page shows it at `nowMs`. */
  view(nowMs: number): TransferView {
    const state = this.engine?.state;
    const doneBytes = state?.phase === 'done' ? this.#counts.bytes : (this.engine?.doneBytes ?? 0);
    const bytesPerSecond = this.#speed(doneBytes, nowMs);
    if (this.isOver) this.#endedMs ??= nowMs;
    return {
      transferId: this.options.transferId,
      sessionId: this.options.sessionId,
      peerName: this.options.peerName,
      direction: this.options.direction,
      phase: this.#phase(),
      rootNames: rootNames(this.entries, SHOWN_NAMES),
      fileCount: this.#counts.files,
      folderCount: this.#counts.folders,
      totalBytes: this.#counts.bytes,
      doneBytes,
      doneFiles: this.engine?.doneFiles ?? 0,
      bytesPerSecond,
      secondsLeft: bytesPerSecond > 0 ? (this.#counts.bytes - doneBytes) / bytesPerSecond : null,
      endedBy: state?.phase === 'cancelled' ? state.by : null,
      failure: this.failure ?? (state && 'failure' in state ? state.failure : null),
      dir: this.dir,
      canReveal: state?.phase === 'done' && this.revealPath !== null,
      startedMs: this.options.nowMs,
      endedMs: this.#endedMs,
    };
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
