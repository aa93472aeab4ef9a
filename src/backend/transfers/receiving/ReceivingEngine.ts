import type { LaneKind } from '../../../shared/contract/transfers';
import type { FileTroubles } from '../../../shared/transfer/receiving/ReceiveProgress';
import type { Receiver } from '../../../shared/transfer/receiving/Receiver';
import type { TransferState } from '../../../shared/transfer/status';
import type { PeerLanes } from '../lanes/PeerLanes';
import type { TransferEngine } from '../TransferRecord';

/** The receiving engine of a transfer, as its record looks at it. */
export class ReceivingEngine implements TransferEngine {
  readonly #receiver: Receiver;
  readonly #lanes: Pick<PeerLanes, 'kinds'>;

  constructor(receiver: Receiver, lanes: Pick<PeerLanes, 'kinds'>) {
    this.#receiver = receiver;
    this.#lanes = lanes;
  }

  get state(): TransferState {
    return this.#receiver.state;
  }

  get doneBytes(): number {
    return this.#receiver.doneBytes;
  }

  get doneFiles(): number {
    return this.#receiver.doneFiles;
  }

  get totalBytes(): number {
    return this.#receiver.progress.totalBytes;
  }

  get troubles(): FileTroubles {
    return this.#receiver.progress.troubles;
  }

  get laneKinds(): LaneKind[] {
    return this.#lanes.kinds;
  }

  get cleanedUp(): Promise<void> {
    return this.#receiver.cleanedUp;
  }

  hold(): void {
    this.#receiver.hold();
  }

  release(): void {
    this.#receiver.release();
  }

  cancel(): void {
    this.#receiver.cancel();
  }

  fail(error: unknown): void {
    this.#receiver.fail(error);
  }
}
