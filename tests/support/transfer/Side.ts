import type { EventMap } from '../../../src/shared/contract/contract';
import type { BlockOrder, TransferView } from '../../../src/shared/contract/transfers';
import { Emitter } from '../../../src/shared/Emitter';
import { HitherError } from '../../../src/shared/errors';
import { toHex } from '../../../src/shared/ids';
import { EngineMessage } from '../../../src/shared/protocol/transfer';
import { packetsOf } from '../../../src/shared/transfer/packets';
import type { LanAccess } from '../../../src/main/node/lanes/LanLaneConnector';
import { lanLaneConnectors } from '../../../src/main/node/lanes/lanLaneConnectors';
import { featureSession, receiveSettings, trustingNobody } from './featureSession';
import type { PageStanding } from '../../../src/backend/ports';
import { nodePorts } from './nodePorts';
import { TransferService } from '../../../src/backend/transfers/TransferService';

export const SESSION = '5'.repeat(32);

/** A backend's transfer service and a page that does nothing but carry packets and messages to its twin. */
export class Side {
  readonly events = new Emitter<EventMap>();
  readonly service: TransferService;
  readonly sent: EngineMessage[] = [];
  readonly revealed: string[] = [];
  twin: Side | null = null;
  laneId: string | null = null;
  lanes = 0;
  updates = 0;
  /** Blocks that this side's page has carried. */
  carried = 0;
  /** Files that this side's page has dropped on it. */
  readonly pageFiles = new Map<string, Uint8Array>();
  /** The page answers no more when it is asked for bytes of its files. */
  isPageStill = false;
  /** How the page stands once an offer of its files has been put together. */
  standing: PageStanding = 'used';
  /** What happens to a message on its way to the twin. */
  through: (message: EngineMessage) => EngineMessage | Promise<EngineMessage> = (message) => message;
  /** Every message ends the session and throws, as when too much waits for a peer that acknowledges nothing. */
  isUnheard = false;
  #hasSession = false;
  #early: EngineMessage[] = [];
  #messages = Promise.resolve();
  #tail = Promise.resolve();

  constructor(
    readonly dir: string,
    lan?: LanAccess,
  ) {
    this.service = new TransferService({
      ...nodePorts,
      createLaneConnector: lan ? lanLaneConnectors(lan, nodePorts.sha256) : null,
      emit: (name, data) => this.events.emit(name, data as never),
      ...trustingNobody,
      pageStanding: () => this.standing,
      send: (_, message) => this.#send(message),
      settings: () => receiveSettings(dir),
      reveal: (path) => {
        this.revealed.push(path);
        return Promise.resolve();
      },
    });
    this.events.on('transfers:changed', () => this.updates++);
    this.events.on('sources:read', ({ jobId, parts }) => {
      const slices = parts.map(({ sourceId, offsetBytes, lengthBytes }) =>
        this.pageFiles.get(sourceId)?.slice(offsetBytes, offsetBytes + lengthBytes),
      );
      const bytes = slices.every((slice) => slice !== undefined) ? Buffer.concat(slices) : undefined;
      if (!this.isPageStill) queueMicrotask(() => this.call('sources:bytes', { jobId, bytes }));
    });
    // A data channel sends one block after the other.
    this.events.on('lanes:sendBlock', (order) => {
      this.#tail = this.#tail.then(() => this.#carry(order));
    });
  }

  call(name: keyof TransferService['handlers'], args: object): unknown {
    return (this.service.handlers[name] as (args: object, pageId: string) => unknown)(args, 'page');
  }

  /** The session begins on this side. */
  open(): void {
    if (this.#hasSession) return;
    this.#hasSession = true;
    this.service.opened(featureSession(SESSION, '7'.repeat(32)));
    for (const message of this.#early.splice(0)) this.receive(message);
  }

  /** A message that the peer says. */
  receive(message: EngineMessage): void {
    if (this.#hasSession)
      this.service.handle(featureSession(SESSION, '7'.repeat(32)), EngineMessage.parse(message));
    else this.#early.push(message);
  }

  /** There is a lane, in a session that begins now or is there. */
  up(): void {
    this.open();
    this.laneId = `lane-${String(this.lanes++)}`;
    this.call('lanes:open', { sessionId: SESSION, laneId: this.laneId, maxPacketBytes: 65_536 });
  }

  down(): void {
    const laneId = this.laneId;
    this.laneId = null;
    this.call('lanes:close', { laneId: laneId ?? '' });
  }

  /** The session is over on this side, and the page's lane with it. */
  endSession(): void {
    this.#hasSession = false;
    this.laneId = null;
    this.service.closed(featureSession(SESSION, '7'.repeat(32)));
  }

  views(): TransferView[] {
    return this.service.list.views();
  }

  #send(message: EngineMessage): void {
    if (this.isUnheard) throw new HitherError('connection-lost');
    this.sent.push(message);
    const { twin } = this;
    this.#pass(
      () => this.through(message),
      (passed) => twin?.receive(passed),
    );
  }

  /** Messages arrive in order. */
  #pass(
    through: () => EngineMessage | Promise<EngineMessage>,
    deliver: (message: EngineMessage) => unknown,
  ): void {
    this.#messages = this.#messages.then(async () => {
      deliver(await through());
    });
  }

  async #carry(order: EventMap['lanes:sendBlock']): Promise<void> {
    const { jobId, laneId } = order;
    const bytes = order.bytes?.slice() ?? this.#read(order.source!);
    const digest = nodePorts.sha256(bytes);
    for (const packet of packetsOf({ ...order, bytes, digest }, 65_536)) {
      await new Promise((resolve) => setImmediate(resolve));
      if (this.laneId !== laneId || !this.twin?.laneId) return;
      void this.twin.call('lanes:packet', { laneId: this.twin.laneId, bytes: packet });
    }
    this.carried++;
    this.call('lanes:blockSent', { jobId, laneId, digest: toHex(digest) });
  }

  #read({ sourceId, offsetBytes, lengthBytes }: NonNullable<BlockOrder['source']>): Uint8Array<ArrayBuffer> {
    return Uint8Array.from(this.pageFiles.get(sourceId)!.slice(offsetBytes, offsetBytes + lengthBytes));
  }
}
