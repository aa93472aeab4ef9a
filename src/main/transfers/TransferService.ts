import { randomBytes } from 'node:crypto';
import type { RequestHandlers } from '../../shared/contract/backend';
import type { EventData, EventName, RequestName } from '../../shared/contract/contract';
import type { OfferItem, TransferView } from '../../shared/contract/transfers';
import { failureOf, HitherError } from '../../shared/errors';
import { checkFolder } from '../files/checkFolder';
import { FolderSink } from '../files/FolderSink';
import { manifestOf } from './manifestOf';
import { PageLane } from './PageLane';
import { PathTokens } from './PathTokens';
import { SessionTransfers } from './SessionTransfers';
import { TransferRecord } from './TransferRecord';

/**
 * Progress reaches the page four times a second: enough for a bar that is drawn smoothly in between. At ten, drawing it
 * took a tenth of the processor that the transfer itself needs (two cores, both pages on them).
 */
const UPDATE_MS = 250;
/** Period of updates while a transfer is active and nothing arrives. */
const STALL_MS = 1000;
/** Finished transfers kept in the list. */
const MAX_FINISHED = 200;

type TransferRequest = Extract<RequestName, `transfers:${string}` | `lanes:${string}` | 'folders:check'>;

export interface TransferServiceOptions {
  emit: <E extends EventName>(name: E, data: EventData<E>) => void;
  /** The peer's name, or `null` for a session that is not known. */
  peerNameOf: (sessionId: string) => string | null;
  /** Where files go unless the person says otherwise; an absolute path. */
  downloadsDir: () => string;
  /** Shows a path in the file manager. */
  reveal: (path: string) => Promise<void>;
  /** Milliseconds since the epoch; for tests. */
  now?: () => number;
}

/** Every transfer of this backend, behind the contract. */
export class TransferService {
  readonly #options: TransferServiceOptions;
  readonly #now: () => number;
  readonly #sessions = new Map<string, SessionTransfers>();
  /** Which session a lane belongs to. */
  readonly #laneSessions = new Map<string, SessionTransfers>();
  /** Newest last. */
  readonly #records = new Map<string, TransferRecord>();
  readonly #tokens = new PathTokens();
  #update: NodeJS.Timeout | null = null;
  #stall: NodeJS.Timeout | null = null;
  readonly handlers: Pick<RequestHandlers, TransferRequest>;

  constructor(options: TransferServiceOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.handlers = { ...this.#laneHandlers(), ...this.#transferHandlers() };
  }

  /** All transfers, newest first. */
  views(): TransferView[] {
    const now = this.#now();
    return [...this.#records.values()].reverse().map((record) => record.view(now));
  }

  /** A token for a path that the preload vouches for. */
  registerPath(path: string): string {
    return this.#tokens.register(path);
  }

  /** The session is over: what was under way fails with `link-lost`. */
  sessionEnded(sessionId: string): void {
    void this.#end(sessionId);
  }

  /** The page went away, and its lanes and files with it; sessions may come back with the next page. */
  pageGone(): void {
    this.#laneSessions.clear();
    for (const session of this.#sessions.values()) session.pageGone();
  }

  /** Ends everything; resolves when temporary files have been removed. */
  async close(): Promise<void> {
    await Promise.all([...this.#sessions.keys()].map((sessionId) => this.#end(sessionId)));
    if (this.#update) clearTimeout(this.#update);
    if (this.#stall) clearTimeout(this.#stall);
    this.#update = null;
    this.#stall = null;
  }

  async #end(sessionId: string): Promise<void> {
    const session = this.#sessions.get(sessionId);
    this.#sessions.delete(sessionId);
    await session?.end();
  }

  #laneHandlers(): Pick<RequestHandlers, Extract<RequestName, `lanes:${string}`>> {
    return {
      'lanes:open': ({ sessionId, laneId }) => {
        const session = this.#session(sessionId);
        this.#laneSessions.set(laneId, session);
        session.openLane(new PageLane(laneId, (order) => this.#options.emit('lanes:sendBlock', order)));
        return {};
      },
      'lanes:close': ({ laneId }) => {
        this.#laneSessions.get(laneId)?.closeLane(laneId);
        this.#laneSessions.delete(laneId);
        return {};
      },
      'lanes:blockSent': (report) => {
        this.#laneSessions.get(report.laneId)?.lane(report.laneId)?.report(report);
        return {};
      },
      'lanes:packet': async ({ laneId, bytes }) => {
        await this.#laneSessions.get(laneId)?.takePacket(laneId, bytes);
        return {};
      },
    };
  }

  #transferHandlers(): Pick<RequestHandlers, Extract<RequestName, `transfers:${string}` | 'folders:check'>> {
    return {
      'transfers:receive': ({ sessionId, message }) => {
        this.#session(sessionId).receive(message);
        return {};
      },
      'transfers:offer': ({ sessionId, items }) => this.#offer(sessionId, items),
      'transfers:accept': async ({ transferId, dir }) => {
        await this.#accept(transferId, dir ?? this.#options.downloadsDir());
        return {};
      },
      'transfers:decline': ({ transferId }) => {
        const record = this.#record(transferId);
        this.#sessions.get(record.options.sessionId)?.receiver(transferId)?.decline({ code: 'declined' });
        return {};
      },
      'transfers:cancel': ({ transferId }) => {
        this.#record(transferId).engine?.cancel();
        return {};
      },
      'transfers:clear': () => {
        for (const [transferId, record] of this.#records) if (record.isOver) this.#records.delete(transferId);
        this.#changed();
        return {};
      },
      'transfers:entries': ({ transferId, from, count }) => {
        const { entries } = this.#record(transferId);
        return { total: entries.length, entries: entries.slice(from, from + count) };
      },
      'transfers:reveal': async ({ transferId }) => {
        const path = this.#record(transferId).revealPath?.();
        if (path !== undefined) await this.#options.reveal(path);
        return {};
      },
      'folders:check': ({ dir }) => checkFolder(dir),
    };
  }

  async #offer(sessionId: string, items: readonly OfferItem[]): Promise<{ transferId: string }> {
    const session = this.#session(sessionId);
    const transferId = randomBytes(16).toString('hex');
    const peerName = this.#options.peerNameOf(sessionId) ?? '';
    const record = new TransferRecord({
      transferId,
      sessionId,
      direction: 'send',
      peerName,
      nowMs: this.#now(),
    });
    this.#add(record);
    try {
      const { entries, origins } = await manifestOf(items, this.#tokens);
      session.offer(record, entries, origins);
    } catch (error) {
      record.failure = failureOf(error);
      this.#records.delete(transferId);
      throw error;
    } finally {
      this.#changed();
    }
    return { transferId };
  }

  async #accept(transferId: string, dir: string): Promise<void> {
    const record = this.#record(transferId);
    const receiver = this.#sessions.get(record.options.sessionId)?.receiver(transferId);
    if (!receiver) throw new HitherError('unknown-transfer');
    const sink = new FolderSink(dir, record.entries);
    await receiver.accept(sink);
    record.dir = dir;
    record.revealPath = () => sink.revealPath;
    this.#changed();
  }

  #session(sessionId: string): SessionTransfers {
    const known = this.#sessions.get(sessionId);
    if (known) return known;
    if (this.#options.peerNameOf(sessionId) === null) throw new HitherError('unknown-session');
    const session = new SessionTransfers({
      sessionId,
      peerName: () => this.#options.peerNameOf(sessionId) ?? '',
      send: (message) => this.#options.emit('transfers:send', { sessionId, message }),
      onRecord: (record) => this.#add(record),
      onChange: () => this.#changed(),
      now: this.#now,
    });
    this.#sessions.set(sessionId, session);
    return session;
  }

  #record(transferId: string): TransferRecord {
    const record = this.#records.get(transferId);
    if (!record) throw new HitherError('unknown-transfer');
    return record;
  }

  #add(record: TransferRecord): void {
    this.#records.set(record.options.transferId, record);
    const finished = [...this.#records].filter(([, known]) => known.isOver);
    for (const [transferId] of finished.slice(0, Math.max(0, finished.length - MAX_FINISHED))) {
      this.#records.delete(transferId);
    }
    this.#changed();
  }

  /** Tells the page soon; changes in between ride along. */
  #changed(): void {
    this.#update ??= setTimeout(() => {
      this.#update = null;
      this.#options.emit('transfers:changed', { transfers: this.views() });
      this.#watchStall();
    }, UPDATE_MS);
  }

  /** While something should move and nothing does, its falling speed is told all the same. */
  #watchStall(): void {
    if (this.#stall) clearTimeout(this.#stall);
    const isActive = [...this.#records.values()].some((record) => record.engine?.state.phase === 'active');
    this.#stall = isActive ? setTimeout(() => this.#changed(), STALL_MS) : null;
  }
}
