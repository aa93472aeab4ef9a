import type { BackoffTimes } from '../../shared/Backoff';
import type { RequestHandlers } from '../../shared/contract/backend';
import type { EventData, EventName, RequestName } from '../../shared/contract/contract';
import type { HeldSend } from '../../shared/contract/app';
import { failureOf, HitherError } from '../../shared/errors';
import { toHex } from '../../shared/ids';
import { EngineMessage, TRANSFERS_FEATURE } from '../../shared/protocol/transfer';
import type { Settings } from '../../shared/settings/settings';
import { AgreedOffers } from './receiving/AgreedOffers';
import { AutoAccept } from './receiving/AutoAccept';
import { OfferNames } from './receiving/OfferNames';
import type {
  Clock,
  CreateLaneConnector,
  Digest,
  FeatureSession,
  FileAccess,
  Log,
  PageStanding,
  ProfileStorage,
  Random,
  SessionFeature,
} from '../ports';
import { SendScheduler } from '../../shared/transfer/sending/SendScheduler';
import { DISK_LOOKS, DiskWatch } from './receiving/DiskWatch';
import { holdHandlers } from './holdHandlers';
import { listHandlers } from './listHandlers';
import { TransferPersistence } from './TransferPersistence';
import { LaneRequests } from './lanes/LaneRequests';
import { wordsOfHistory } from './lastWords';
import { SourceRecovery } from './sending/SourceRecovery';
import { manifestOf, type OfferedItem } from './sending/manifestOf';
import { measure } from './sending/measure';
import { PathTokens } from './sending/PathTokens';
import { sendsOf } from './sending/sendsOf';
import { TransferPeers } from './TransferPeers';
import { ReceiveNotes } from './receiving/ReceiveNotes';
import { recordOf, restoreIncoming, restoreOutgoing } from './restoreTransfer';
import { PeerTransfers } from './PeerTransfers';
import { TransferList } from './TransferList';
import { TransferRecord } from './TransferRecord';
import type { LoadedTransfer } from './journal/TransferStore';

type LaneRequest = `lanes:${string}` | `sources:${string}`;
type TransferRequest = Extract<RequestName, `transfers:${string}` | LaneRequest | 'folders:check'>;

export interface TransferServiceOptions {
  clock: Clock;
  random: Random;
  sha256: Digest;
  files: FileAccess;
  /** Keeps transfers over restarts; `null` keeps nothing. */
  storage: ProfileStorage | null;
  createLaneConnector: CreateLaneConnector;
  log: Log;
  emit: <E extends EventName>(name: E, data: EventData<E>) => void;
  /** Sends a message over a session; throws HitherError where it can't. */
  send: (sessionId: string, message: EngineMessage) => void;
  /** How a page stands that has files of a transfer. */
  pageStanding: (pageId: string) => PageStanding;
  /** Whether a session with a device, or discovery, vouches for an address that it names. */
  mayDial: (deviceId: string, address: string) => boolean;
  /** Whether the person lets a device put files on the disk unasked. */
  mayReceiveUnasked: (deviceId: string) => boolean;
  /** Where files go unless the person says otherwise, and what goes there unasked. */
  settings: () => Pick<Settings, 'downloadsDir' | 'autoAcceptDir' | 'autoAcceptLimitMb'>;
  /** Shows a path in the file manager. */
  reveal: (path: string) => Promise<void>;
  /** How often a full disk is looked at; for tests. */
  diskLooks?: BackoffTimes;
}

/** Every transfer of this backend, behind the contract; a feature of sessions. */
export class TransferService implements SessionFeature<EngineMessage> {
  readonly name = TRANSFERS_FEATURE;
  readonly schema = EngineMessage;
  readonly #options: TransferServiceOptions;
  readonly #peers: TransferPeers;
  readonly #list: TransferList;
  readonly #persistence: TransferPersistence;
  readonly #disk: DiskWatch;
  readonly #lanes: LaneRequests;
  readonly #scheduler = new SendScheduler();
  readonly #accepting = new Set<string>();
  readonly #names: OfferNames;
  readonly #sources: SourceRecovery;
  readonly #tokens: PathTokens;
  readonly #autoAccept: AutoAccept;
  readonly #agreed: AgreedOffers;
  readonly handlers: Pick<RequestHandlers, TransferRequest>;

  constructor(options: TransferServiceOptions) {
    const { clock, random, sha256, files, storage, emit, log } = options;
    this.#options = options;
    this.#persistence = new TransferPersistence(storage, log);
    this.#disk = new DiskWatch(clock, files, options.diskLooks ?? DISK_LOOKS);
    this.#tokens = new PathTokens(files, random);
    this.#names = new OfferNames(files);
    this.#peers = new TransferPeers((deviceId, peer) => this.#create(deviceId, peer));
    this.#agreed = new AgreedOffers(clock);
    this.#autoAccept = new AutoAccept({
      files,
      isGivenTo: options.mayReceiveUnasked,
      consumeAgreed: (record) => this.#agreed.consume(record),
      settings: options.settings,
      accept: (transferId, dir) => this.#accept(transferId, dir),
      onDecided: (record) => this.#list.changed(record),
    });
    this.#sources = new SourceRecovery(this.#persistence, files, (record) => this.#transfersOf(record));
    this.#lanes = new LaneRequests({
      clock,
      sha256,
      emit,
      transfersOf: (sessionId) => this.#peers.ofSession(sessionId),
    });
    this.#list = new TransferList({
      emit,
      sessionOf: (deviceId) => this.#peers.lastSessionOf(deviceId),
      persistence: this.#persistence,
      scheduler: this.#scheduler,
      clock,
    });
    this.handlers = {
      ...this.#lanes.handlers,
      ...this.#transferHandlers(),
      ...listHandlers(this.#list, options),
      ...holdHandlers(this.#list, this.#scheduler, (id) => this.#retry(id)),
    };
  }

  /** Goes on with what earlier runs left in the profile; called once, before the first session. */
  async load(): Promise<void> {
    for (const loaded of await this.#persistence.load()) await this.#restore(loaded);
    this.#list.changed();
  }

  /** All transfers there are to see. */
  get list(): Pick<TransferList, 'attach' | 'views' | 'isBusyWith'> {
    return this.#list;
  }

  /** A token for a path that the preload vouches for. */
  registerPath(path: string): string {
    return this.#tokens.register(path);
  }

  /** Most that all transfers together may send, in bytes a second; `null` = as fast as it goes. */
  setSpeedLimit(bytesPerSecond: number | null): void {
    this.#scheduler.setLimit(bytesPerSecond);
  }

  /** The person has allowed or forbidden to listen on the network. */
  listeningChanged(): void {
    for (const transfers of this.#peers.all) transfers.listeningChanged();
  }

  /** A session begins. */
  opened({ sessionId, peer, agreedFiles }: FeatureSession): void {
    this.#agreed.opened(peer.deviceId, agreedFiles);
    this.#peers.opened(sessionId, peer);
  }

  /** The lane between the backends may be made now. */
  cameNear = ({ sessionId }: FeatureSession): void => this.#peers.ofSession(sessionId).cameNear();

  /** A message of the peer's. */
  handle({ sessionId }: FeatureSession, message: EngineMessage): void {
    this.#peers.ofSession(sessionId).handle(message);
  }

  /** The session is over: what was accepted waits for the next one with the same device. */
  closed({ sessionId, peer }: FeatureSession): void {
    this.#agreed.closed(peer.deviceId);
    this.#peers.ended(sessionId);
  }

  /** What devices may do unasked has changed: an offer that waits may be accepted now. */
  permissionsChanged(): void {
    for (const record of this.#list.unfinished) this.#autoAccept.consider(record);
  }

  /** Whether something that both sides had agreed to waits for a device. */
  isUnfinishedWith(deviceId: string): boolean {
    return this.#list.unfinished.some(
      ({ options, engine }) =>
        options.deviceId === deviceId && engine !== null && engine.state.phase !== 'asked',
    );
  }

  /** A page is in use from now on: what waited for its files goes on. */
  pageAttached(pageId: string): void {
    this.#handlePage(pageId, 'used');
  }

  /** The page in use went away, and its lanes with it; what needs its files waits for it. */
  pageGone(pageId: string): void {
    this.#handlePage(pageId, 'aside');
    this.#lanes.pageGone();
    for (const transfers of this.#peers.all) transfers.closePageLanes();
  }

  /** A page is closed, in use or not, and its files can't be read any more. */
  pageClosed(pageId: string): void {
    this.#handlePage(pageId, 'closed');
  }

  /** What is under way of a page's files. */
  sendsOf(pageId: string): HeldSend[] {
    return sendsOf(pageId, this.#list.unfinished);
  }

  #handlePage(pageId: string, standing: PageStanding): void {
    for (const transfers of this.#peers.all) transfers.handlePage(pageId, standing);
  }

  /** Resolves when everything is on disk that the next run needs to go on. */
  async close(): Promise<void> {
    this.#disk.close();
    await Promise.all(this.#peers.all.map((transfers) => transfers.close()));
    for (const { journal } of this.#list.unfinished) await journal?.close();
    await this.#list.close();
  }

  #create(deviceId: string, peer: { name: () => string; sessionId: () => string | null }): PeerTransfers {
    const { clock, sha256, files, createLaneConnector, send, mayDial } = this.#options;
    return new PeerTransfers({
      deviceId,
      peerName: peer.name,
      clock,
      sha256,
      files,
      createLaneConnector,
      pageReads: this.#lanes.pageReads,
      scheduler: this.#scheduler,
      send: (message) => {
        const sessionId = peer.sessionId();
        if (sessionId === null) return;
        try {
          send(sessionId, message);
        } catch (error) {
          // The session has ended with that, and says the rest itself; what called had no part in it.
          if (!(error instanceof HitherError)) throw error;
        }
      },
      mayDial: (address) => mayDial(deviceId, address),
      onRecord: (record) => {
        this.#list.add(record);
        this.#autoAccept.consider(record);
      },
      onVoid: (record) => this.#list.remove(record.options.transferId),
      onChange: (record) => {
        this.#disk.update(record);
        this.#list.changed(record);
      },
      onSourceLost: (record) => this.#sources.lost(record),
      lastWords: (transferId, message) => wordsOfHistory(transferId, this.#list.past(transferId), message),
    });
  }

  async #restore(loaded: LoadedTransfer): Promise<void> {
    const { stored, journal } = loaded;
    const { files, sha256 } = this.#options;
    const record = recordOf(loaded);
    const transfers = this.#peers.of({ deviceId: stored.deviceId, name: stored.peerName });
    if (stored.direction === 'receive') restoreIncoming(record, loaded, transfers, files, sha256);
    else await restoreOutgoing(record, loaded, journal, transfers, files);
    this.#list.add(record);
    // A page's files went with the page.
    if (stored.direction === 'send' && stored.needsPage) record.engine?.fail(new HitherError('page-gone'));
  }

  #transferHandlers(): Pick<
    RequestHandlers,
    | 'transfers:measure'
    | 'transfers:offer'
    | 'transfers:accept'
    | 'transfers:preview'
    | 'transfers:decline'
    | 'folders:check'
  > {
    return {
      'transfers:measure': (folder) => measure(folder, this.#tokens, this.#options.files),
      'transfers:offer': ({ sessionId, items }, pageId) => this.#offer(sessionId, items, pageId),
      'transfers:accept': async ({ transferId, dir }) => {
        await this.#accept(transferId, dir ?? this.#options.settings().downloadsDir);
        return {};
      },
      'transfers:preview': ({ transferId, dir }) => this.#names.preview(this.#list.get(transferId), dir),
      'transfers:decline': ({ transferId }) => {
        if (!this.#list.past(transferId))
          this.#transfersOf(this.#list.get(transferId)).receiver(transferId)?.decline({ code: 'declined' });
        return {};
      },
      'folders:check': async ({ dir }) => {
        const { freeBytes } = await this.#options.files.checkFolder(dir);
        return { freeBytes };
      },
    };
  }

  /** @param ofPage the page that asks, whose files some may be */
  async #offer(
    sessionId: string,
    items: readonly OfferedItem[],
    ofPage: string | null,
  ): Promise<{ transferId: string }> {
    const { deviceId, peerName } = this.#peers.ofSession(sessionId);
    const { clock, random, files } = this.#options;
    const transferId = toHex(random(16));
    const nowMs = clock.now();
    const pageId = items.some(({ kind }) => kind === 'page-file') ? ofPage : null;
    const record = new TransferRecord({ transferId, deviceId, peerName, direction: 'send', nowMs, pageId });
    this.#list.add(record);
    try {
      const manifest = await manifestOf(items, this.#tokens, files);
      // Random, so that a restart does not give a number again that the receiver still knows.
      const streamNo = newStreamNo(random);
      const { entries, origins, chosen, leftOut } = manifest;
      const isAllByPath = items.every(({ kind }) => kind !== 'page-file' && kind !== 'page-folder');
      record.choose(isAllByPath ? chosen : [], leftOut);
      const journal = await this.#persistence.keep(record, { manifest, streamNo, dir: null });
      record.keepIn(null, journal);
      // Of now: the session may have ended while the folders were read.
      const transfers = this.#transfersOf(record);
      transfers.send({ record, entries, origins, streamNo, earlier: null });
      // The page may have been set aside or closed as well.
      if (pageId !== null) transfers.handlePage(pageId, this.#options.pageStanding(pageId));
    } catch (error) {
      record.fail(failureOf(error));
      this.#list.remove(transferId);
      throw error;
    } finally {
      this.#list.changed(record);
    }
    return { transferId };
  }

  async #accept(transferId: string, dir: string): Promise<void> {
    // The sender may withdraw an offer in the moment in which it is accepted.
    if (this.#list.past(transferId)) return;
    const record = this.#list.get(transferId);
    if (record.isOver) return;
    const transfers = this.#transfersOf(record);
    const receiver = transfers.receiver(transferId);
    if (!receiver) throw new HitherError('unknown-transfer');
    if (this.#accepting.has(transferId)) return;
    this.#accepting.add(transferId);
    try {
      await this.#options.files.checkFolder(dir);
      const names = await this.#options.files.nameRules(dir);
      // One that is accepted already has its names.
      if (receiver.state.phase !== 'asked') return;
      this.#names.give(record, receiver, names);
      const notes = new ReceiveNotes();
      const sink = this.#options.files.openSink(dir, receiver.progress.entries, { notes });
      record.receiveInto(sink);
      await receiver.accept(sink, async () => {
        const manifest = { entries: [...record.entries], origins: [], chosen: [], leftOut: [] };
        const streamNo = transfers.streamNoOf(transferId);
        const journal = await this.#persistence.keep(record, { manifest, streamNo, dir });
        record.keepIn(dir, journal);
        notes.begin(sink, journal);
        return notes;
      });
    } finally {
      this.#accepting.delete(transferId);
    }
    this.#list.changed(record);
  }

  async #retry(transferId: string): Promise<{ transferId: string }> {
    const past = this.#list.past(transferId);
    const record = past ? null : this.#list.get(transferId);
    if (record && !record.isOver) {
      record.release();
      return { transferId };
    }
    const { chosen = [], deviceId = '' } = past ?? {
      chosen: record?.chosen,
      deviceId: record?.options.deviceId,
    };
    if (chosen.length === 0) throw new HitherError('not-allowed');
    const sessionId = this.#peers.sessionOf(deviceId);
    if (sessionId === null) throw new HitherError('unknown-session');
    return this.#offer(
      sessionId,
      chosen.map((each) => ({ kind: 'path', ...each })),
      null,
    );
  }

  #transfersOf({ options: { deviceId, peerName: name } }: TransferRecord): PeerTransfers {
    return this.#peers.of({ deviceId, name });
  }
}

/** Names a transfer in packets: 1 up to what 32 bits hold. */
function newStreamNo(random: Random): number {
  return Math.max(1, new DataView(random(4).buffer).getUint32(0));
}
