import { createHash } from 'node:crypto';
import { HitherError } from '../../../src/shared/errors';
import type { ManifestEntry, TransferMessage } from '../../../src/shared/protocol/transfer';
import { type Block, BlockAssembler, type BlockId, packetsOf } from '../../../src/shared/transfer/packets';
import type { BlockSource, Lane, SinkFile, SinkPort, SourcePort } from '../../../src/shared/transfer/ports';
import { Receiver } from '../../../src/shared/transfer/receiving/Receiver';
import { Sender } from '../../../src/shared/transfer/sending/Sender';

export const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

/** Files in memory, as a source. */
export class MemorySources implements SourcePort {
  constructor(readonly files: Uint8Array<ArrayBuffer>[]) {}

  block(fileIndex: number, offsetBytes: number, lengthBytes: number): BlockSource {
    return {
      kind: 'bytes',
      lengthBytes,
      read: async () => {
        await Promise.resolve();
        // Not copied: engines and lanes change no byte that they are given.
        const bytes = this.files[fileIndex]?.subarray(offsetBytes, offsetBytes + lengthBytes);
        if (bytes?.length !== lengthBytes) throw new HitherError('source-changed');
        return bytes;
      },
    };
  }

  release(): void {}
  close(): void {}
}

/** A disk in memory. `committed` holds only what got its final name. */
export class MemorySink implements SinkPort {
  readonly committed = new Map<number, Uint8Array>();
  readonly folders: number[] = [];
  readonly written: { fileIndex: number; offsetBytes: number; length: number }[] = [];
  isAbandoned = false;
  isDated = false;
  /** How many files were opened so far. */
  opened = 0;
  failWith: HitherError | null = null;
  /** Writes wait for this. */
  writable: Promise<void> = Promise.resolve();

  constructor(readonly entries: readonly ManifestEntry[]) {}

  async prepare(): Promise<void> {
    await Promise.resolve();
  }

  async open(fileIndex: number): Promise<SinkFile> {
    await Promise.resolve();
    this.opened++;
    const content = new Uint8Array(this.entries[fileIndex]?.sizeBytes ?? 0);
    return {
      write: async (offsetBytes, bytes) => {
        await this.writable;
        if (this.failWith) throw this.failWith;
        content.set(bytes, offsetBytes);
        this.written.push({ fileIndex, offsetBytes, length: bytes.length });
      },
      finish: () => Promise.resolve(),
      commit: async () => {
        await Promise.resolve();
        if (this.committed.has(fileIndex)) throw new Error('committed twice');
        this.committed.set(fileIndex, content);
      },
    };
  }

  async makeFolder(fileIndex: number): Promise<void> {
    await Promise.resolve();
    this.folders.push(fileIndex);
  }

  async dateFolders(): Promise<void> {
    await Promise.resolve();
    this.isDated = true;
  }

  async drop(): Promise<void> {
    await Promise.resolve();
  }

  async abandon(): Promise<void> {
    await Promise.resolve();
    this.isAbandoned = true;
  }
}

/** A lane that carries packets to a receiver in the same process. */
export class MemoryLane implements Lane {
  readonly kind = 'data-channel';
  readonly depth = 4;
  isDown = false;
  blocks = 0;
  readonly #assembler = new BlockAssembler();
  #tail: Promise<unknown> = Promise.resolve();

  /**
   * @param deliver gets each completed block
   * @param tamper may change or drop (`null`) a packet
   */
  constructor(
    readonly laneId: string,
    readonly deliver: (block: Block) => void,
    readonly tamper: (packet: Uint8Array) => Uint8Array | null = (packet) => packet,
  ) {}

  /** Blocks go out one after the other, as on a data channel. */
  sendBlock(id: BlockId, source: BlockSource): Promise<Uint8Array> {
    const sent = this.#tail.then(() => this.#send(id, source));
    this.#tail = sent.catch(() => undefined);
    return sent;
  }

  async #send(id: BlockId, source: BlockSource): Promise<Uint8Array> {
    if (source.kind !== 'bytes') throw new HitherError('internal');
    const bytes = await source.read();
    const digest = sha256(bytes);
    for (const packet of packetsOf({ ...id, bytes, digest }, 256 * 1024)) {
      await new Promise((resolve) => setImmediate(resolve));
      if (this.isDown) throw new HitherError('connection-lost');
      const sent = this.tamper(packet);
      const block = sent && this.#assembler.push(sent);
      if (block) this.deliver(block);
    }
    this.blocks++;
    return digest;
  }
}

/** A sender and a receiver joined by memory; messages pass asynchronously, in order, while `isLinked`. */
export function joinedEngines(files: Uint8Array<ArrayBuffer>[], more: ManifestEntry[] = []) {
  const entries: ManifestEntry[] = [
    ...files.map((bytes, index): ManifestEntry => ({
      kind: 'file',
      path: `f${String(index)}`,
      sizeBytes: bytes.length,
    })),
    ...more,
  ];
  const link = { isLinked: true, toReceiver: [] as TransferMessage[], toSender: [] as TransferMessage[] };
  const pass = (log: TransferMessage[], target: () => { handle: (message: TransferMessage) => void }) => {
    return (message: TransferMessage): void => {
      log.push(message);
      setImmediate(() => {
        if (link.isLinked && message.type !== 'offer' && message.type !== 'offer-entries')
          target().handle(message);
      });
    };
  };
  const options = { transferId: '0'.repeat(32), entries, sha256, onChange: () => undefined };
  const sender: Sender = new Sender({
    ...options,
    streamNo: 1,
    sources: new MemorySources(files),
    send: pass(link.toReceiver, () => receiver),
  });
  const receiver: Receiver = new Receiver({ ...options, send: pass(link.toSender, () => sender) });
  const sink = new MemorySink(entries);
  return { entries, sender, receiver, sink, link };
}

/** Waits until `condition` holds, at most `timeoutMs`. */
export async function until(condition: () => boolean, timeoutMs = 5000): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (!condition()) {
    if (Date.now() > end) throw new Error('waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

/** Engines of both sides, and lanes between them that carry nothing while the link is down. */
export function linkedEngines(
  files: Uint8Array<ArrayBuffer>[],
  tamper?: (packet: Uint8Array) => Uint8Array | null,
) {
  const engines = joinedEngines(files, [{ kind: 'folder', path: 'empty', sizeBytes: 0 }]);
  const newLane = (): MemoryLane =>
    new MemoryLane(
      'lane',
      (block) => void (engines.link.isLinked && engines.receiver.handleBlock(block)),
      tamper,
    );
  return { ...engines, newLane };
}
