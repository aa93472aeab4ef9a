import { HitherError } from '../../../src/shared/errors';
import type { ManifestEntry, TransferMessage } from '../../../src/shared/protocol/transfer';
import type { Block, BlockId } from '../../../src/shared/transfer/packets';
import type { BlockSource, Lane, SinkPort } from '../../../src/shared/transfer/ports';
import { BLOCK_BYTES } from '../../../src/shared/transfer/blocks';
import { Receiver } from '../../../src/shared/transfer/receiving/Receiver';
import { Sender } from '../../../src/shared/transfer/sending/Sender';
import { isOver } from '../../../src/shared/transfer/status';
import { MemorySink, MemorySources, sha256 } from './memory';
import type { SimulatedClock } from './SimulatedClock';

/** SHA-256 of a few bytes in place of all: enough to see a mix-up, and thousands of runs stay quick. */
const quickDigest = (bytes: Uint8Array): Uint8Array =>
  sha256(
    bytes.length < 1024
      ? bytes
      : Buffer.concat([bytes.subarray(0, 200), bytes.subarray(-200), Buffer.from(`${bytes.length}`)]),
  );

/** How often a lane changes a byte on the way, where it does. */
const DAMAGE = 0.06;

/** A lane with a speed of its own that delivers blocks late, out of order, sometimes twice or damaged, until it dies. */
class SimulatedLane implements Lane {
  readonly laneId = 'simulated';
  readonly depth: number;
  isDown = false;
  readonly #slowness: number;
  /** Whether what was under way when it died still comes through. */
  readonly #leaks: boolean;
  readonly #ends = new Set<() => void>();

  constructor(
    readonly clock: SimulatedClock,
    readonly kind: Lane['kind'],
    readonly deliver: (block: Block) => void,
    readonly damages: boolean,
  ) {
    this.depth = clock.between(1, 6);
    this.#slowness = clock.between(1, 40);
    this.#leaks = clock.random() < 0.3;
  }

  async sendBlock(id: BlockId, source: BlockSource): Promise<Uint8Array> {
    if (source.kind !== 'bytes') throw new HitherError('internal');
    const bytes = await source.read();
    const digest = quickDigest(bytes);
    await this.#accept();
    const times = this.clock.random() < 0.1 ? 2 : 1;
    for (let time = 0; time < times; time++) {
      this.clock.after(this.clock.between(0, 3 * this.#slowness), () => {
        if (!this.isDown || this.#leaks) this.deliver({ ...id, bytes: this.#through(bytes), digest });
      });
    }
    return digest;
  }

  #through(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
    if (!this.damages || this.clock.random() > DAMAGE) return bytes;
    const damaged = bytes.slice();
    damaged[0] = (damaged[0] ?? 0) ^ 1;
    return damaged;
  }

  async #accept(): Promise<void> {
    if (this.isDown) throw new HitherError('connection-lost');
    return new Promise((resolve, reject) => {
      const end = (): void => reject(new HitherError('connection-lost'));
      this.#ends.add(end);
      this.clock.after(this.clock.between(0, this.#slowness), () => {
        this.#ends.delete(end);
        resolve();
      });
    });
  }

  die(): void {
    this.isDown = true;
    for (const end of this.#ends) end();
  }
}

/** A transfer over lanes that die and come back at random moments, and now and then all at once. */
export class SimulatedTransfer {
  readonly entries: ManifestEntry[];
  readonly sender: Sender;
  readonly receiver: Receiver;
  readonly sink: MemorySink;
  linkLosses = 0;
  laneDeaths = 0;
  /** Blocks that the receiver asked for once more. */
  refetched = 0;
  #link: object | null = {};
  #lanes: SimulatedLane[] = [];
  #tails = { toSender: 0, toReceiver: 0 };

  constructor(
    readonly clock: SimulatedClock,
    readonly files: Uint8Array<ArrayBuffer>[],
    readonly losesLinks: boolean,
    readonly damages = false,
  ) {
    this.entries = files.map(({ length }, index) => ({ kind: 'file', path: `f${index}`, sizeBytes: length }));
    const common = { transferId: '0'.repeat(32), entries: this.entries, onChange: () => undefined };
    const options = { ...common, sha256: quickDigest, creditWindowBytes: 3 * BLOCK_BYTES };
    this.sink = new MemorySink(this.entries);
    this.sender = new Sender({
      ...options,
      streamNo: 1,
      sources: new MemorySources(files),
      send: (message) => this.#pass('toReceiver', message, () => this.receiver),
    });
    this.receiver = new Receiver({
      ...options,
      send: (message) => this.#pass('toSender', message, () => this.sender),
    });
  }

  async run(): Promise<void> {
    this.#addLane();
    void this.receiver.accept(this.#slowDisk());
    this.clock.after(this.clock.between(1, 60), () => this.#trouble());
    await this.clock.run(() => isOver(this.sender.state) && isOver(this.receiver.state));
  }

  /** Messages arrive in order on one link, and not at all on the next. */
  #pass(way: 'toSender' | 'toReceiver', message: TransferMessage, target: () => Sender | Receiver): void {
    const link = this.#link;
    if (message.type === 'refetch') this.refetched++;
    const atMs = Math.max(this.#tails[way], this.clock.nowMs + this.clock.between(0, 30));
    this.#tails[way] = atMs;
    this.clock.after(atMs - this.clock.nowMs, () => {
      if (link !== null && link === this.#link) target().handle(message);
    });
  }

  #addLane(): void {
    const { clock } = this;
    const kind = clock.random() < 0.3 ? 'lan' : 'data-channel';
    const deliver = (block: Block): void => void this.receiver.handleBlock(block);
    const lane = new SimulatedLane(clock, kind, deliver, this.damages);
    this.#lanes.push(lane);
    this.sender.attach(lane);
  }

  #trouble(): void {
    const { clock } = this;
    if (isOver(this.receiver.state)) return;
    const dice = clock.random();
    if (this.losesLinks && dice < 0.1 && this.#link !== null) this.#loseLink();
    else if (dice < 0.6 && this.#lanes.length > 1) {
      const [lane] = this.#lanes.splice(clock.between(0, this.#lanes.length - 1), 1);
      this.laneDeaths++;
      lane?.die();
      // The sender learns of it by a block that fails, or in a while.
      clock.after(clock.between(0, 20), () => lane && this.sender.detach(lane));
    } else if (this.#lanes.length < 4) this.#addLane();
    // Troubles get rarer, or no slow transfer would ever end.
    if (this.laneDeaths < 30) clock.after(clock.between(1, 60), () => this.#trouble());
  }

  #loseLink(): void {
    this.linkLosses++;
    this.#link = null;
    for (const lane of this.#lanes.splice(0)) {
      lane.die();
      this.sender.detach(lane);
    }
    this.receiver.pause();
    this.clock.after(this.clock.between(130, 200), () => {
      this.#link = {};
      this.#addLane();
      this.receiver.resume();
    });
  }

  #slowDisk(): SinkPort {
    const { sink, clock } = this;
    return {
      prepare: () => sink.prepare(),
      makeFolder: (index) => sink.makeFolder(index),
      dateFolders: () => sink.dateFolders(),
      abandon: () => sink.abandon(),
      drop: () => sink.drop(),
      open: async (index) => {
        const file = await sink.open(index);
        const write: typeof file.write = async (offset, bytes) => {
          await clock.sleep(clock.between(0, 25));
          await file.write(offset, bytes);
        };
        return { ...file, write };
      },
    };
  }
}
