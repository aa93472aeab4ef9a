import type { LaneKind } from '../../shared/contract/transfers';
import type { FileTroubles } from '../../shared/transfer/receiving/ReceiveProgress';
import type { TransferState } from '../../shared/transfer/status';
import type { TransferEngine } from './TransferRecord';

/** How the engine of a transfer that is over stood at its end, without the manifest, files and blocks that it had. */
export class EndedEngine implements TransferEngine {
  readonly state: TransferState;
  readonly doneBytes: number;
  readonly doneFiles: number;
  readonly totalBytes: number;
  readonly troubles: Readonly<FileTroubles>;
  readonly laneKinds: LaneKind[] = [];
  readonly cleanedUp = Promise.resolve();

  constructor({ state, doneBytes, doneFiles, totalBytes, troubles }: TransferEngine) {
    this.state = state;
    this.doneBytes = doneBytes;
    this.doneFiles = doneFiles;
    this.totalBytes = totalBytes;
    this.troubles = troubles;
  }

  /** The person may act in the moment in which a transfer ends; none of it changes anything then. */
  hold(): void {}
  release(): void {}
  cancel(): void {}
  fail(): void {}
}
