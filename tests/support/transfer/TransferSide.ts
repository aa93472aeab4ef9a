import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { TransferService } from '../../../src/backend/transfers/TransferService';
import type { BackoffTimes } from '../../../src/shared/Backoff';
import type { EventMap } from '../../../src/shared/contract/contract';
import type { TransferView } from '../../../src/shared/contract/transfers';
import { Emitter } from '../../../src/shared/Emitter';
import { fromHex } from '../../../src/shared/ids';
import { EngineMessage } from '../../../src/shared/protocol/transfer';
import { packetsOf } from '../../../src/shared/transfer/packets';
import { featureSession, receiveSettings, trustingNobody } from './featureSession';
import { nodePorts, storageIn } from './nodePorts';

const SESSION = '5'.repeat(32);
const PACKET_BYTES = 65_536;

export interface TransferSideOptions {
  profileDir?: string | null;
  diskLooks?: BackoffTimes;
}

/** A backend's transfer service and a page that does nothing but carry packets and messages to its twin. */
export class TransferSide {
  readonly events = new Emitter<EventMap>();
  readonly service: TransferService;
  readonly sent: EngineMessage[] = [];
  readonly revealed: string[] = [];
  /** Blocks that went out, as `file:block`. */
  readonly blocks: string[] = [];
  /** Who is at the other end of which session. */
  readonly peers = new Map<string, { deviceId: string; name: string }>();
  twin: TransferSide | null = null;
  laneId: string | null = null;
  sessionId = SESSION;
  lanes = 0;
  /** Sessions that have begun on this side. */
  readonly opened = new Set<string>();
  /** What came for a session before it had begun here. */
  #early: { sessionId: string; message: object }[] = [];
  updates = 0;
  #tail = Promise.resolve();

  /** @param dir the downloads folder */
  constructor(
    readonly dir: string,
    readonly deviceId: string,
    { profileDir = null, diskLooks }: TransferSideOptions = {},
  ) {
    this.service = new TransferService({
      ...nodePorts,
      storage: storageIn(profileDir),
      ...(diskLooks && { diskLooks }),
      emit: (name, data) => this.events.emit(name, data as never),
      ...trustingNobody,
      send: (sessionId, message) => this.#send(sessionId, message),
      settings: () => receiveSettings(dir),
      reveal: (path) => {
        this.revealed.push(path);
        return Promise.resolve();
      },
    });
    this.events.on('transfers:changed', () => this.updates++);
    // A data channel sends one block after the other.
    this.events.on('lanes:sendBlock', (order) => {
      this.#tail = this.#tail.then(() => this.#carry(order));
    });
  }

  /** Makes the two each other's peer in a session. */
  join(twin: TransferSide, sessionId = SESSION): void {
    for (const [one, other] of [
      [this, twin],
      [twin, this],
    ] as const) {
      one.twin = other;
      one.sessionId = sessionId;
      one.peers.set(sessionId, { deviceId: other.deviceId, name: 'Twin' });
    }
  }

  call(name: keyof TransferService['handlers'], args: object): unknown {
    return (this.service.handlers[name] as (args: object, pageId: string) => unknown)(args, 'page');
  }

  /** A message that the peer of a session says. */
  receive({ sessionId, message }: { sessionId: string; message: object }): void {
    const peer = this.peers.get(sessionId);
    if (peer) this.service.handle(featureSession(sessionId, peer.deviceId), EngineMessage.parse(message));
  }

  /** The session begins on this side. */
  open(sessionId = this.sessionId): void {
    if (this.opened.has(sessionId)) return;
    this.opened.add(sessionId);
    this.service.opened(featureSession(sessionId, this.peers.get(sessionId)?.deviceId ?? ''));
    for (const early of this.#early.splice(0)) this.receive(early);
  }

  /** There is a lane, in a session that begins now or is there. */
  up(): void {
    this.open();
    this.laneId = `lane-${String(this.lanes++)}`;
    this.call('lanes:open', { sessionId: this.sessionId, laneId: this.laneId, maxPacketBytes: PACKET_BYTES });
  }

  down(): void {
    const laneId = this.laneId;
    this.laneId = null;
    this.call('lanes:close', { laneId: laneId ?? '' });
  }

  endSession(): void {
    this.laneId = null;
    this.service.closed(featureSession(this.sessionId, this.peers.get(this.sessionId)?.deviceId ?? ''));
    this.opened.delete(this.sessionId);
    this.peers.delete(this.sessionId);
    this.sessionId = '';
  }

  views(): TransferView[] {
    return this.service.list.views();
  }

  view(): TransferView | undefined {
    return this.views()[0];
  }

  /** Offers a path. @returns the transfer's id */
  async offer(path: string, name: string): Promise<string> {
    const items = [{ kind: 'path-token', token: this.service.registerPath(path), path: name }];
    const offered = await this.call('transfers:offer', { sessionId: this.sessionId, items });
    return (offered as { transferId: string }).transferId;
  }

  /** A session loses nothing, whatever becomes of the lanes. */
  #send(sessionId: string, message: EngineMessage): void {
    this.sent.push(message);
    const { twin } = this;
    queueMicrotask(() => {
      if (twin?.sessionId !== sessionId) return;
      if (twin.opened.has(sessionId)) twin.receive({ sessionId, message });
      else twin.#early.push({ sessionId, message });
    });
  }

  async #carry(order: EventMap['lanes:sendBlock']): Promise<void> {
    const { jobId, laneId, digest, bytes, fileIndex, blockIndex } = order;
    // A page's file; no test here needs its bytes.
    if (!bytes) return;
    this.blocks.push(`${String(fileIndex)}:${String(blockIndex)}`);
    for (const packet of packetsOf(
      { ...order, bytes: bytes.slice(), digest: fromHex(digest!) },
      PACKET_BYTES,
    )) {
      await new Promise((resolve) => setImmediate(resolve));
      if (this.laneId !== laneId || !this.twin?.laneId) return;
      void this.twin.call('lanes:packet', { laneId: this.twin.laneId, bytes: packet });
    }
    this.call('lanes:blockSent', { jobId, laneId, digest });
  }
}

/** SHA-256 of a file, in hex. */
export async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** SHA-256 of every file below a folder, by relative path. */
export async function hashesBelow(dir: string): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const entry of await readdir(dir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    hashes[path.slice(dir.length + 1)] = await hashOf(path);
  }
  return hashes;
}
