import type { EngineMessage, ManifestEntry, TransferMessage } from '../../shared/protocol/transfer';
import { HitherError } from '../../shared/errors';
import type { Block } from '../../shared/transfer/packets';
import {
  BLOCK_DIGEST,
  type CheckedManifest,
  fitTogether,
  OfferCollector,
} from '../../shared/transfer/manifest/offer';
import { Receiver } from '../../shared/transfer/receiving/Receiver';
import type { SendScheduler } from '../../shared/transfer/sending/SendScheduler';
import type { Clock, CreateLaneConnector, Digest, EntryOrigin, FileAccess, PageStanding } from '../ports';
import { EndedTransfers } from './EndedTransfers';
import type { PageLane } from './lanes/PageLane';
import type { PageReads } from './lanes/PageReads';
import { PeerLanes } from './lanes/PeerLanes';
import { ReceivingEngine } from './receiving/ReceivingEngine';
import { type EarlierSending, OutgoingTransfer } from './sending/OutgoingTransfer';
import { TransferRecord } from './TransferRecord';

export interface PeerTransfersOptions {
  deviceId: string;
  peerName: () => string;
  clock: Clock;
  sha256: Digest;
  files: FileAccess;
  createLaneConnector: CreateLaneConnector;
  pageReads: PageReads;
  /** Where blocks of all transfers wait for their turn. */
  scheduler: SendScheduler;
  /** Sends a message in the session there is; it arrives, or the session ends. Without one nothing is sent. */
  send: (message: EngineMessage) => void;
  /** Whether an address that the peer names may be dialed. */
  mayDial: (address: string) => boolean;
  /** A transfer began. */
  onRecord: (record: TransferRecord) => void;
  onChange: (record: TransferRecord) => void;
  /** A source of an outgoing transfer is not as it was offered; `false` where the transfer can't go on without it. */
  onSourceLost: (record: TransferRecord) => boolean;
  /** An offer that nobody answered is gone with its session. */
  onVoid: (record: TransferRecord) => void;
  /** What to tell the peer of a transfer that is not under way here: how it ended, as far as that is known. */
  lastWords: (transferId: string, message: TransferMessage) => TransferMessage[];
}

/** What is sent, and as what. */
export interface Outgoing {
  record: TransferRecord;
  entries: readonly ManifestEntry[];
  origins: readonly EntryOrigin[];
  streamNo: number;
  earlier: EarlierSending | null;
}

interface Incoming {
  record: TransferRecord;
  streamNo: number;
  collector: OfferCollector;
  receiver: Receiver | null;
}

/**
 * The transfers with one device, both directions, and the lanes they share. Sessions with the device come and go, and
 * their lanes with them; transfers wait for the next one. Of a transfer that is over, its last word is left.
 */
export class PeerTransfers {
  readonly #options: PeerTransfersOptions;
  readonly #lanes: PeerLanes;
  readonly #outgoing = new Map<string, OutgoingTransfer>();
  readonly #incoming = new Map<string, Incoming>();
  readonly #ended = new EndedTransfers();
  #hasSession = false;
  /** Whether there has been no lane yet in this session: what an earlier one sent can't come any more. */
  #isNewSession = true;

  constructor(options: PeerTransfersOptions) {
    this.#options = options;
    const { createLaneConnector, pageReads, mayDial } = options;
    this.#lanes = new PeerLanes({
      createLaneConnector,
      mayDial,
      send: (offer) => this.#send(offer),
      readPage: (source) => pageReads.read(source),
      onBlock: async (block) => this.#receiverOf(block)?.handleBlock(block),
      onFirstLane: () => {
        for (const outgoing of this.#outgoing.values()) outgoing.greet(false);
        for (const { receiver } of this.#incoming.values()) receiver?.resume(this.#isNewSession);
        this.#isNewSession = false;
      },
      onNoLane: () => {
        for (const { receiver } of this.#incoming.values()) receiver?.pause();
      },
      onLane: (lane) => {
        for (const outgoing of this.#outgoing.values()) outgoing.attach(lane);
      },
      onLaneGone: (lane) => {
        for (const outgoing of this.#outgoing.values()) outgoing.detach(lane);
      },
    });
  }

  /** The device that these are with. */
  get deviceId(): string {
    return this.#options.deviceId;
  }

  /** What it calls itself. */
  get peerName(): string {
    return this.#options.peerName();
  }

  /** A lane of the page's came up. */
  openLane(lane: PageLane): void {
    this.#lanes.open(lane);
  }

  closeLane(laneId: string): void {
    this.#lanes.close(laneId);
  }

  lane(laneId: string): PageLane | null {
    return this.#lanes.pageLane(laneId);
  }

  /** The person has allowed or forbidden to listen on the network. */
  listeningChanged(): void {
    this.#lanes.listeningChanged();
  }

  cameNear(): void {
    this.#lanes.cameNear();
  }

  /**
   * Lets the LAN lane go so fast, in bytes a second, from now on; `null` for as fast as it goes.
   * @returns what has gone over it so far, in bytes
   */
  pace(bytesPerSecond: number | null): number {
    return this.#lanes.pace(bytesPerSecond);
  }

  /** The page in use went away, and its lanes with it. */
  closePageLanes(): void {
    this.#lanes.closePageLanes();
  }

  /** A page stands so from now on, and with it the transfers of its files. */
  handlePage(pageId: string, standing: PageStanding): void {
    for (const outgoing of [...this.#outgoing.values()]) outgoing.handlePage(pageId, standing);
  }

  /**
   * A session begins: says again how transfers ended, as the last session may have ended before the word of it arrived, and makes
   * offers without an answer once more.
   */
  sessionOpened(): void {
    this.#hasSession = true;
    this.#isNewSession = true;
    for (const lastWord of this.#ended.lastWords) this.#send(lastWord);
    for (const outgoing of this.#outgoing.values()) outgoing.greet(true);
    this.#lanes.beginSession();
  }

  /** The session is over: what was accepted waits for the next one, what was not is void; its sender will offer it again. */
  sessionEnded(): void {
    this.#hasSession = false;
    this.#lanes.endSession();
    for (const [transferId, { record, receiver }] of this.#incoming) {
      if (receiver && receiver.state.phase !== 'asked') continue;
      this.#incoming.delete(transferId);
      this.#options.onVoid(record);
    }
  }

  /** Handles a packet of a lane; resolves when the block it completes is on disk. */
  async handlePacket(laneId: string, packet: Uint8Array): Promise<void> {
    await this.#lanes.handlePacket(laneId, packet);
  }

  /** Offers a manifest to the peer, or goes on with one that was offered before. */
  send({ record, entries, origins, streamNo, earlier }: Outgoing): void {
    const { files, sha256, scheduler, onSourceLost } = this.#options;
    const outgoing = new OutgoingTransfer({
      record,
      entries,
      sources: files.openSources(entries, origins),
      streamNo,
      earlier,
      lanes: this.#lanes,
      sha256,
      scheduler,
      send: (message) => this.#send(message, record),
      onChange: () => this.#changed(record),
      onSourceLost: () => onSourceLost(record),
    });
    record.begin(entries, outgoing);
    this.#outgoing.set(record.options.transferId, outgoing);
    outgoing.begin(this.#hasSession);
  }

  /** Goes on with what an earlier run had accepted. */
  resumeReceiving(record: TransferRecord, entries: readonly ManifestEntry[], streamNo: number): Receiver {
    const receiver = this.#newReceiver(record, { entries: [...entries], unsafe: new Map() });
    const { transferId } = record.options;
    const count = { entryCount: entries.length, totalBytes: 0 };
    const offer = { type: 'offer', transferId, streamNo, ...count, digest: BLOCK_DIGEST } as const;
    this.#incoming.set(transferId, { record, streamNo, collector: new OfferCollector(offer), receiver });
    return receiver;
  }

  /** Names an incoming transfer in packets. */
  streamNoOf(transferId: string): number {
    return this.#incoming.get(transferId)?.streamNo ?? 0;
  }

  /** The process ends: resolves when everything is on disk that the next run needs. */
  async close(): Promise<void> {
    this.sessionEnded();
    for (const outgoing of this.#outgoing.values()) outgoing.close();
    await Promise.all([...this.#incoming.values()].map(async ({ receiver }) => receiver?.close()));
  }

  /** Whether nothing is under way with the device. */
  get isIdle(): boolean {
    return this.#outgoing.size === 0 && this.#incoming.size === 0;
  }

  receiver(transferId: string): Receiver | null {
    return this.#incoming.get(transferId)?.receiver ?? null;
  }

  /** Handles a message of the peer's. One about a transfer that is not known here is answered with `cancel`. */
  handle(message: EngineMessage): void {
    if (message.type === 'lane-offer') {
      this.#lanes.handleOffer(message);
      return;
    }
    if (message.type === 'offer') {
      this.#handleOffer(message);
      return;
    }
    const { transferId } = message;
    const incoming = this.#incoming.get(transferId);
    const outgoing = this.#outgoing.get(transferId);
    if (incoming && message.type === 'offer-entries') this.#handleEntries(incoming, message.entries);
    else if (incoming?.receiver) incoming.receiver.handle(message);
    else if (incoming) this.#withdraw(incoming, message);
    else if (outgoing) outgoing.handle(message);
    else for (const word of this.#wordsOfEnd(message)) this.#send(word);
  }

  /** What to say of a transfer that is not under way. */
  #wordsOfEnd(message: TransferMessage): TransferMessage[] {
    const { transferId } = message;
    return this.#ended.has(transferId)
      ? this.#ended.answer(message)
      : this.#options.lastWords(transferId, message);
  }

  #handleOffer(offer: Extract<TransferMessage, { type: 'offer' }>): void {
    const { transferId } = offer;
    const known = this.#incoming.get(transferId);
    if (known?.receiver || this.#outgoing.has(transferId) || this.#ended.has(transferId)) return;
    const words = known ? [] : this.#options.lastWords(transferId, offer);
    for (const word of words) this.#send(word);
    if (words.length > 0) return;
    const { deviceId, peerName, clock } = this.#options;
    const options = { transferId, deviceId, peerName: peerName(), nowMs: clock.now() };
    this.#incoming.set(transferId, {
      record: new TransferRecord({ ...options, direction: 'receive' }),
      streamNo: offer.streamNo,
      collector: new OfferCollector(offer),
      receiver: null,
    });
    this.#declineIfTooMuch(transferId);
  }

  /**
   * Declines an offer that has made those that wait too much; it may come again when others have been answered.
   * @returns whether that was so
   */
  #declineIfTooMuch(transferId: string): boolean {
    const waiting = [...this.#incoming.values()].filter(
      ({ receiver }) => !receiver || receiver.state.phase === 'asked',
    );
    if (fitTogether(waiting.map(({ collector }) => collector))) return false;
    this.#incoming.delete(transferId);
    this.#send({ type: 'decline', transferId, failure: { code: 'busy', facts: {} } });
    return true;
  }

  #handleEntries(incoming: Incoming, pieces: readonly ManifestEntry[]): void {
    const { record } = incoming;
    if (incoming.receiver) return;
    const { transferId } = record.options;
    try {
      const manifest = incoming.collector.add(pieces);
      if (this.#declineIfTooMuch(transferId) || !manifest) return;
      incoming.receiver = this.#newReceiver(record, manifest);
    } catch (error) {
      // Refused before anyone was asked; the person is told all the same, because somebody tried.
      const failure =
        error instanceof HitherError ? error.toFailure() : { code: 'protocol-violation' as const, facts: {} };
      record.fail(failure);
      this.#send({ type: 'decline', transferId, failure }, record);
    }
    this.#options.onRecord(record);
    this.#changed(record);
  }

  #newReceiver(record: TransferRecord, { entries, unsafe }: CheckedManifest): Receiver {
    const receiver = new Receiver({
      transferId: record.options.transferId,
      entries,
      leftOut: unsafe.keys(),
      send: (message) => this.#send(message, record),
      sha256: this.#options.sha256,
      onChange: () => this.#changed(record),
    });
    record.begin(receiver.progress.entries, new ReceivingEngine(receiver, this.#lanes), unsafe);
    return receiver;
  }

  /** A transfer that is over leaves its last word here: its manifest can be tens of megabytes. */
  #changed(record: TransferRecord): void {
    const { transferId } = record.options;
    if (record.isOver && (this.#outgoing.delete(transferId) || this.#incoming.delete(transferId)))
      this.#ended.add(record);
    this.#options.onChange(record);
  }

  /** The sender took the offer back before all of it had arrived. */
  #withdraw(incoming: Incoming, message: TransferMessage): void {
    if (message.type === 'cancel' || message.type === 'fail')
      this.#incoming.delete(incoming.record.options.transferId);
  }

  #receiverOf(block: Block): Receiver | null {
    for (const { streamNo, receiver } of this.#incoming.values()) {
      if (streamNo === block.streamNo && receiver) return receiver;
    }
    return null;
  }

  #send(message: EngineMessage, record?: TransferRecord): void {
    if (message.type !== 'lane-offer') record?.said(message);
    if (this.#hasSession) this.#options.send(message);
  }
}
