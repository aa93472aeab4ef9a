import type { TransferMessage } from '../../shared/protocol/transfer';
import { HitherError } from '../../shared/errors';
import { type Block, BlockAssembler } from '../../shared/transfer/packets';
import { OfferCollector } from '../../shared/transfer/offer';
import { Receiver } from '../../shared/transfer/Receiver';
import { Sender } from '../../shared/transfer/Sender';
import type { EntryOrigin } from '../files/SourceFiles';
import { SourceFiles } from '../files/SourceFiles';
import type { ManifestEntry } from '../../shared/protocol/transfer';
import { type PageLane, sha256 } from './PageLane';
import { TransferRecord } from './TransferRecord';

/** Offers of one peer that may wait for an answer at a time. */
const MAX_WAITING_OFFERS = 16;
/** Ended incoming transfers remembered, for their last word; a peer could otherwise fill the memory with offers. */
const MAX_ENDED = 32;
/** Messages kept for a link that is down; beyond it the oldest go, and `resume` sorts out the rest. */
const MAX_OUTBOX = 1000;
const LAST_WORDS = new Set(['done', 'cancel', 'fail', 'decline']);

interface Incoming {
  record: TransferRecord;
  streamNo: number;
  collector: OfferCollector;
  receiver: Receiver | null;
}

export interface SessionTransfersOptions {
  sessionId: string;
  peerName: () => string;
  /** Hands a transfer message to the page, for the peer. */
  send: (message: TransferMessage) => void;
  /** A transfer began. */
  onRecord: (record: TransferRecord) => void;
  onChange: () => void;
  now: () => number;
}

/** The transfers of one session, both directions, and the lanes they share. */
export class SessionTransfers {
  readonly #options: SessionTransfersOptions;
  readonly #lanes = new Map<string, { lane: PageLane; assembler: BlockAssembler }>();
  readonly #outgoing = new Map<string, { record: TransferRecord; sender: Sender; sources: SourceFiles }>();
  readonly #incoming = new Map<string, Incoming>();
  readonly #outbox: TransferMessage[] = [];
  #nextStream = 1;

  constructor(options: SessionTransfersOptions) {
    this.#options = options;
  }

  /** A lane came up. The first one of a new link also carries what the old link may have lost. */
  openLane(lane: PageLane): void {
    const isNewLink = this.#lanes.size === 0;
    this.#lanes.set(lane.laneId, { lane, assembler: new BlockAssembler() });
    if (isNewLink) this.#catchUp();
    for (const { sender, record } of this.#outgoing.values()) if (!record.isOver) sender.attach(lane);
  }

  closeLane(laneId: string): void {
    const open = this.#lanes.get(laneId);
    if (!open) return;
    this.#lanes.delete(laneId);
    open.lane.close();
    for (const { sender } of this.#outgoing.values()) sender.detach(open.lane);
    if (this.#lanes.size === 0) for (const { receiver } of this.#incoming.values()) receiver?.pause();
  }

  lane(laneId: string): PageLane | null {
    return this.#lanes.get(laneId)?.lane ?? null;
  }

  /** Every lane closed, transfers of the page's own files failed: the page went away. */
  pageGone(): void {
    for (const laneId of [...this.#lanes.keys()]) this.closeLane(laneId);
    for (const { sender, sources } of this.#outgoing.values()) {
      if (sources.needsPage) sender.fail(new HitherError('unknown-source'));
    }
  }

  /** The session is over, and with it everything that was under way. Resolves when the disk is tidy. */
  async end(): Promise<void> {
    for (const laneId of [...this.#lanes.keys()]) this.closeLane(laneId);
    const lost = new HitherError('link-lost');
    for (const { sender } of this.#outgoing.values()) sender.fail(lost);
    for (const { record, receiver } of this.#incoming.values()) {
      if (receiver) receiver.fail(lost);
      else record.failure ??= lost.toFailure();
    }
    this.#options.onChange();
    for (const { receiver } of this.#incoming.values()) await receiver?.cleanedUp;
  }

  /** Takes a packet off a lane; resolves when the block it completes is on disk. */
  async takePacket(laneId: string, packet: Uint8Array): Promise<void> {
    const block = this.#lanes.get(laneId)?.assembler.push(packet);
    if (block) await this.#receiverOf(block)?.takeBlock(block);
  }

  /** Offers a manifest to the peer. */
  offer(record: TransferRecord, entries: readonly ManifestEntry[], origins: readonly EntryOrigin[]): void {
    const sources = new SourceFiles(entries, origins);
    const sender = new Sender({
      transferId: record.options.transferId,
      streamNo: this.#nextStream++,
      entries,
      sources,
      send: (message) => this.#send(message, record),
      sha256,
      onChange: this.#options.onChange,
    });
    record.begin(entries, sender);
    this.#outgoing.set(record.options.transferId, { record, sender, sources });
    for (const { lane } of this.#lanes.values()) sender.attach(lane);
    sender.offer();
  }

  receiver(transferId: string): Receiver | null {
    return this.#incoming.get(transferId)?.receiver ?? null;
  }

  /** Takes a message from the peer. Messages about transfers that are not known here are answered with `cancel`. */
  receive(message: TransferMessage): void {
    if (message.type === 'offer') {
      this.#takeOffer(message);
      return;
    }
    const incoming = this.#incoming.get(message.transferId);
    if (incoming && message.type === 'offer-entries') this.#takeEntries(incoming, message.entries);
    else if (incoming?.receiver) incoming.receiver.handle(message);
    else if (incoming) this.#withdraw(incoming, message);
    else {
      const outgoing = this.#outgoing.get(message.transferId);
      if (outgoing && !outgoing.record.isOver) outgoing.sender.handle(message);
      else if (message.type === 'resume') this.#send({ type: 'cancel', transferId: message.transferId });
    }
  }

  #takeOffer(offer: Extract<TransferMessage, { type: 'offer' }>): void {
    const { transferId } = offer;
    const known = this.#incoming.get(transferId);
    if (known) {
      if (!known.receiver && !known.record.isOver) known.collector = new OfferCollector(offer);
      return;
    }
    if (this.#outgoing.has(transferId)) return;
    this.#forgetEnded();
    const waiting = [...this.#incoming.values()].filter(
      ({ record }) => !record.engine || record.engine.state.phase === 'asked',
    );
    if (waiting.filter(({ record }) => !record.isOver).length >= MAX_WAITING_OFFERS) {
      this.#send({ type: 'decline', transferId, failure: { code: 'busy', facts: {} } });
      return;
    }
    const { sessionId, peerName, now } = this.#options;
    const record = new TransferRecord({
      transferId,
      sessionId,
      direction: 'receive',
      peerName: peerName(),
      nowMs: now(),
    });
    this.#incoming.set(transferId, {
      record,
      streamNo: offer.streamNo,
      collector: new OfferCollector(offer),
      receiver: null,
    });
  }

  #takeEntries(incoming: Incoming, pieces: readonly ManifestEntry[]): void {
    const { record } = incoming;
    if (incoming.receiver || record.isOver) return;
    const { transferId } = record.options;
    try {
      const entries = incoming.collector.add(pieces);
      if (!entries) return;
      const receiver = new Receiver({
        transferId,
        entries,
        send: (message) => this.#send(message, record),
        sha256,
        onChange: this.#options.onChange,
      });
      incoming.receiver = receiver;
      record.begin(entries, receiver);
    } catch (error) {
      // Refused before anyone was asked; the person is told all the same, because somebody tried.
      const failure =
        error instanceof HitherError ? error.toFailure() : { code: 'protocol-violation' as const, facts: {} };
      record.failure = failure;
      this.#send({ type: 'decline', transferId, failure }, record);
    }
    this.#options.onRecord(record);
    this.#options.onChange();
  }

  #forgetEnded(): void {
    const ended = [...this.#incoming].filter(([, { record }]) => record.isOver);
    for (const [transferId] of ended.slice(0, -MAX_ENDED)) this.#incoming.delete(transferId);
  }

  /** The sender took the offer back before all of it had arrived. */
  #withdraw(incoming: Incoming, message: TransferMessage): void {
    if (message.type === 'cancel' || message.type === 'fail')
      this.#incoming.delete(incoming.record.options.transferId);
  }

  #receiverOf(block: Block): Receiver | null {
    for (const { streamNo, receiver, record } of this.#incoming.values()) {
      if (streamNo === block.streamNo && receiver && !record.isOver) return receiver;
    }
    return null;
  }

  #send(message: TransferMessage, record?: TransferRecord): void {
    if (record && LAST_WORDS.has(message.type)) record.lastWord = message;
    if (this.#lanes.size > 0) this.#options.send(message);
    else if (this.#outbox.push(message) > MAX_OUTBOX) this.#outbox.shift();
  }

  /** On a new link: what waited, last words that may have been lost, offers without an answer, and what is here. */
  #catchUp(): void {
    const records = [...this.#outgoing.values(), ...this.#incoming.values()].map(({ record }) => record);
    for (const { lastWord } of records) if (lastWord) this.#options.send(lastWord);
    for (const message of this.#outbox.splice(0)) this.#options.send(message);
    for (const { sender } of this.#outgoing.values()) if (sender.state.phase === 'asked') sender.offer();
    for (const { receiver } of this.#incoming.values()) receiver?.resume();
  }
}
