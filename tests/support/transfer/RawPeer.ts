import type { EventMap } from '../../../src/shared/contract/contract';
import type { TransferView } from '../../../src/shared/contract/transfers';
import { Emitter } from '../../../src/shared/Emitter';
import { toHex } from '../../../src/shared/ids';
import type { EngineMessage, ManifestEntry, TransferMessage } from '../../../src/shared/protocol/transfer';
import { BLOCK_BYTES } from '../../../src/shared/transfer/blocks';
import { fileDigest } from '../../../src/shared/transfer/fileDigest';
import { offerMessages } from '../../../src/shared/transfer/manifest/offer';
import { packetsOf } from '../../../src/shared/transfer/packets';
import type { TransferService } from '../../../src/backend/transfers/TransferService';
import { featureSession } from './featureSession';
import { sha256, until } from './memory';

const SESSION = '5'.repeat(32);
const MALLORY = featureSession(SESSION, '6'.repeat(32), 'Mallory');

/** One entry with its bytes; a folder has none. */
export interface RawEntry {
  entry: ManifestEntry;
  bytes: Uint8Array<ArrayBuffer>;
}

/** An entry of a manifest that no honest sender would make: the path is taken as it is. */
export function rawFile(path: string, content = `content of ${path}`): RawEntry {
  const bytes = new TextEncoder().encode(content);
  return { entry: { kind: 'file', path, sizeBytes: bytes.length }, bytes };
}

export function rawFolder(path: string, modifiedMs?: number): RawEntry {
  const entry: ManifestEntry = { kind: 'folder', path, sizeBytes: 0 };
  return { entry: modifiedMs === undefined ? entry : { ...entry, modifiedMs }, bytes: new Uint8Array() };
}

/**
 * A peer that writes its messages and packets itself, towards a real transfer service: it can say what our own sender
 * never would.
 */
export class RawPeer {
  readonly sent: TransferMessage[] = [];
  readonly service: TransferService;
  #offers = 0;

  /** @param build makes the service, with the events and the way to this peer given to it */
  constructor(
    build: (
      events: Emitter<EventMap>,
      send: (sessionId: string, message: EngineMessage) => void,
    ) => TransferService,
  ) {
    this.service = build(new Emitter<EventMap>(), (_, message) => {
      if (message.type !== 'lane-offer') this.sent.push(message);
    });
    this.service.opened(MALLORY);
    this.call('lanes:open', { sessionId: SESSION, laneId: 'lane', maxPacketBytes: 65_536 });
  }

  call(name: keyof TransferService['handlers'], args: object): unknown {
    return (this.service.handlers[name] as (args: object, pageId: string) => unknown)(args, 'page');
  }

  say(message: TransferMessage): void {
    this.service.handle(MALLORY, message);
  }

  /** Offers; the manifest is not looked at on this side. */
  offer(entries: readonly RawEntry[]): { transferId: string; streamNo: number } {
    const streamNo = ++this.#offers;
    const transferId = toHex(crypto.getRandomValues(new Uint8Array(16)));
    const manifest = entries.map(({ entry }) => entry);
    for (const message of offerMessages(transferId, streamNo, manifest)) this.say(message);
    return { transferId, streamNo };
  }

  view(transferId: string): TransferView | undefined {
    return this.service.list.views().find((view) => view.transferId === transferId);
  }

  /** Sends one file of an accepted offer: its only block, and its digest. */
  async send(transferId: string, streamNo: number, file: number, { bytes }: RawEntry): Promise<void> {
    if (bytes.length > BLOCK_BYTES) throw new Error('one block at most');
    const digest = sha256(bytes);
    const blocks = bytes.length === 0 ? [] : [digest];
    if (bytes.length > 0) {
      for (const packet of packetsOf({ streamNo, fileIndex: file, blockIndex: 0, bytes, digest }, 65_536))
        await this.call('lanes:packet', { laneId: 'lane', bytes: packet.slice() });
    }
    const whole = toHex(await fileDigest(blocks, sha256));
    this.say({ type: 'file-digests', transferId, digests: [{ file, digest: whole }] });
  }

  /** Offers, has it accepted and sends everything; resolves when the transfer is over. */
  async transfer(
    entries: readonly RawEntry[],
    afterFile?: (file: number) => Promise<void>,
  ): Promise<TransferView> {
    const { transferId, streamNo } = this.offer(entries);
    if (this.view(transferId)?.phase !== 'incoming') return this.view(transferId)!;
    await this.call('transfers:accept', { transferId });
    for (const [file, raw] of entries.entries()) {
      if (raw.entry.kind === 'file') await this.send(transferId, streamNo, file, raw);
      const sent = entries.slice(0, file + 1).filter(({ entry }) => entry.kind === 'file').length;
      await until(() => isOver(this.view(transferId)) || (this.view(transferId)?.doneFiles ?? 0) >= sent);
      await afterFile?.(file);
    }
    await until(() => isOver(this.view(transferId)));
    return this.view(transferId)!;
  }
}

function isOver(view: TransferView | undefined): boolean {
  return ['done', 'failed', 'cancelled'].includes(view?.phase ?? '');
}
