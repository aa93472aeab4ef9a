import type { LaneKind, LeftOut, Renamed, TransferView } from '../../shared/contract/transfers';
import type { Failure } from '../../shared/errors';
import type { ManifestEntry, TransferMessage } from '../../shared/protocol/transfer';
import { impliedFolders, type Roots, rootsOf } from '../../shared/transfer/manifest/names';
import type { UnsafeEntry } from '../../shared/transfer/manifest/offer';
import type { FileTroubles } from '../../shared/transfer/receiving/ReceiveProgress';
import { SpeedMeter } from '../../shared/transfer/SpeedMeter';
import { isOver, type TransferState } from '../../shared/transfer/status';
import type { TransferSink } from '../ports';
import type { TransferJournal } from './journal/TransferStore';
import { leftOutOf } from './leftOut';

const SHOWN_NAMES = 5;

/** The engine of either direction with what is around it, as far as a record looks at it. */
export interface TransferEngine {
  readonly state: TransferState;
  readonly doneBytes: number;
  readonly doneFiles: number;
  /** Bytes of all files: as they were offered, or as they are where some changed since. */
  readonly totalBytes: number;
  /** What happened to single files on the way. */
  readonly troubles: Readonly<FileTroubles>;
  /** The kinds of the lanes that the bytes travel on at present. */
  readonly laneKinds: LaneKind[];
  /** Resolves when what an ended transfer left has been removed. */
  readonly cleanedUp: Promise<void>;
  /** Holds the transfer until `release`, over lost lanes and sessions too. */
  hold(): void;
  release(): void;
  /** Ends it on this person's wish. */
  cancel(): void;
  /** Ends it on an error of this side. */
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
  /** The page that has files of it; none where the backend reads all of them. */
  pageId?: string | null;
}

const NO_TROUBLES: Readonly<FileTroubles> = { restarted: [], failed: [], failedCount: 0, lostBlocks: 0 };
/** The messages that end a transfer. */
const LAST_WORDS: ReadonlySet<TransferMessage['type']> = new Set(['done', 'cancel', 'fail', 'decline']);

/** One transfer as people see it: engine, manifest and the numbers around them. */
export class TransferRecord {
  readonly options: RecordOptions;
  /** Whether it is accepted unasked is being found out; nobody is shown it until then. */
  isBeingDecided = false;
  #entries: readonly ManifestEntry[] = [];
  #unsafe: ReadonlyMap<number, UnsafeEntry> = new Map();
  #implied: ReadonlySet<number> = new Set();
  #engine: TransferEngine | null = null;
  #failure: Failure | null = null;
  #dir: string | null = null;
  #sink: Pick<TransferSink, 'revealPath'> | null = null;
  #lastWord: TransferMessage | null = null;
  #journal: TransferJournal | null = null;
  #chosen: readonly ChosenPath[] = [];
  #leftOut: readonly LeftOut[] = [];
  #renamed: Renamed = { count: 0, examples: [] };
  readonly #meter = new SpeedMeter();
  #counts = { files: 0, folders: 0 };
  #roots: Roots = { names: [], count: 0, isFolder: false };
  #endedMs: number | null = null;

  constructor(options: RecordOptions) {
    this.options = options;
  }

  /**
   * Fills in the manifest and the engine that moves it; once more where another engine goes on.
   * @param unsafe the entries that are left out of it
   */
  begin(
    entries: readonly ManifestEntry[],
    engine: TransferEngine,
    unsafe: ReadonlyMap<number, UnsafeEntry> = new Map(),
  ): void {
    this.#entries = entries;
    this.#engine = engine;
    this.#unsafe = unsafe;
    this.#implied = impliedFolders(entries);
    const shown = this.shownEntries;
    this.#roots = rootsOf(shown, SHOWN_NAMES);
    const files = shown.filter((entry) => entry.kind === 'file').length;
    this.#counts = { files, folders: shown.length - files };
    if (unsafe.size > 0)
      this.#leftOut = leftOutOf([...unsafe.values()].map(({ path }) => ({ reason: 'name', path })));
  }

  /**
   * Says what a person chose to send.
   * @param chosen what it was, where all of it were paths
   * @param leftOut what of it does not go
   */
  choose(chosen: readonly ChosenPath[], leftOut: readonly LeftOut[]): void {
    this.#chosen = chosen;
    this.#leftOut = leftOut;
  }

  /** Says what has other names on this disk than it was sent with. */
  rename(renamed: Renamed): void {
    this.#renamed = renamed;
  }

  /**
   * Says where the transfer is kept.
   * @param dir the folder that is received into, `null` where this side sends
   * @param journal where it is kept over restarts, if it is
   */
  keepIn(dir: string | null, journal: TransferJournal | null): void {
    this.#dir = dir;
    this.#journal = journal;
  }

  /** Says what the files go to; the file manager can be shown what is there. */
  receiveInto(sink: Pick<TransferSink, 'revealPath'>): void {
    this.#sink = sink;
  }

  /** Remembers the message that ended the transfer: it is said again in a new session, as the old one may have swallowed it. */
  said(message: TransferMessage): void {
    if (LAST_WORDS.has(message.type)) this.#lastWord = message;
  }

  /** Ends a transfer that has no engine. */
  fail(failure: Failure): void {
    this.#failure = failure;
  }

  /** Holds the transfer on this person's wish, over restarts too. */
  hold(): void {
    this.#engine?.hold();
    if (this.#engine?.state.phase === 'paused') this.#journal?.note({ type: 'held', isHeld: true });
  }

  /** Ends this side's hold. */
  release(): void {
    this.#engine?.release();
    this.#journal?.note({ type: 'held', isHeld: false });
  }

  /** The page that has files of it, or `null`. */
  get pageId(): string | null {
    return this.options.pageId ?? null;
  }

  get entries(): readonly ManifestEntry[] {
    return this.#entries;
  }

  /** How many files go. */
  get fileCount(): number {
    return this.#counts.files;
  }

  /** Those that go, as people see them: files, and folders with nothing in them. */
  get shownEntries(): readonly ManifestEntry[] {
    return this.#unsafe.size + this.#implied.size === 0
      ? this.#entries
      : this.#entries.filter((_, file) => !this.#unsafe.has(file) && !this.#implied.has(file));
  }

  /** `null` before the manifest is known. */
  get engine(): TransferEngine | null {
    return this.#engine;
  }

  /** The folder that is received into. */
  get dir(): string | null {
    return this.#dir;
  }

  get journal(): TransferJournal | null {
    return this.#journal;
  }

  get chosen(): readonly ChosenPath[] {
    return this.#chosen;
  }

  get leftOut(): readonly LeftOut[] {
    return this.#leftOut;
  }

  get renamed(): Renamed {
    return this.#renamed;
  }

  /** The message that ended it, or `null`. */
  get lastWord(): TransferMessage | null {
    return this.#lastWord;
  }

  /** What the file manager is to show, or `null` before anything is there. */
  get revealPath(): string | null {
    return this.#sink?.revealPath ?? null;
  }

  get isOver(): boolean {
    return this.#failure !== null || (this.#engine !== null && isOver(this.#engine.state));
  }

  /**
   * The transfer as the page shows it.
   * @param sessionId the session with the peer, or the last one there was
   */
  view(nowMs: number, sessionId: string): TransferView {
    const engine = this.#engine;
    const state = engine?.state;
    const troubles = engine?.troubles ?? NO_TROUBLES;
    const totalBytes = engine?.totalBytes ?? 0;
    const doneBytes = state?.phase === 'done' ? totalBytes : (engine?.doneBytes ?? 0);
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
      rootNames: this.#roots.names,
      rootCount: this.#roots.count,
      isFolder: this.#roots.isFolder,
      fileCount: this.#counts.files,
      folderCount: this.#counts.folders,
      totalBytes,
      doneBytes,
      doneFiles: engine?.doneFiles ?? 0,
      bytesPerSecond,
      secondsLeft: bytesPerSecond > 0 ? (totalBytes - doneBytes) / bytesPerSecond : null,
      laneKinds: engine?.state.phase === 'active' ? engine.laneKinds : [],
      isFirst: false,
      endedBy: state?.phase === 'cancelled' ? state.by : null,
      pausedBy: state?.phase === 'paused' ? state.by : null,
      failure: this.#failure ?? (state && 'failure' in state ? state.failure : null),
      dir: this.#dir,
      canReveal: state?.phase === 'done' && this.#sink !== null,
      canRetry: this.#canRetry(state),
      leftOut: [...this.#leftOut],
      renamed: this.#renamed,
      restartedFiles: troubles.restarted,
      failedCount: troubles.failedCount,
      failedFiles: troubles.failed,
      lostBlocks: troubles.lostBlocks,
      startedMs,
      endedMs: this.#endedMs,
    };
  }

  #canRetry(state: TransferState | undefined): boolean {
    if (this.isOver) return this.options.direction === 'send' && this.#chosen.length > 0;
    if (state?.phase !== 'paused' || state.by !== 'me' || state.failure === null) return false;
    // Only the page itself can come back.
    return state.failure.code !== 'page-away';
  }

  #phase(): TransferView['phase'] {
    if (this.#failure) return 'failed';
    const phase = this.#engine?.state.phase;
    if (phase === undefined) return 'preparing';
    if (phase === 'asked') return this.options.direction === 'send' ? 'offered' : 'incoming';
    return phase;
  }

  #speed(doneBytes: number, nowMs: number): number {
    if (this.#engine?.state.phase !== 'active') {
      this.#meter.reset();
      return 0;
    }
    const speed = this.#meter.bytesPerSecond(doneBytes, nowMs);
    this.#meter.note(doneBytes, nowMs);
    return speed;
  }
}
