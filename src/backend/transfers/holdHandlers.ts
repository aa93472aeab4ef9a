import type { RequestHandlers } from '../../shared/contract/backend';
import type { SendScheduler } from '../../shared/transfer/sending/SendScheduler';
import type { TransferList } from './TransferList';
import type { TransferRecord } from './TransferRecord';

type HoldAction =
  'pause' | 'resume' | 'retry' | 'cancel' | 'pauseAll' | 'resumeAll' | 'cancelAll' | 'moveToFront';

/** What a person does to transfers under way. */
export function holdHandlers(
  list: TransferList,
  scheduler: SendScheduler,
  retry: (transferId: string) => Promise<{ transferId: string }>,
): Pick<RequestHandlers, `transfers:${HoldAction}`> {
  const all = (act: (record: TransferRecord) => void) => () => {
    for (const record of list.unfinished) act(record);
    return {};
  };
  const one = (act: (record: TransferRecord) => void) => (args: { transferId: string }) => {
    act(list.get(args.transferId));
    return {};
  };
  return {
    'transfers:pause': one(hold),
    'transfers:resume': one(release),
    'transfers:cancel': one((record) => record.engine?.cancel()),
    'transfers:moveToFront': one((record) => scheduler.moveToFront(record.options.transferId)),
    'transfers:pauseAll': all(hold),
    'transfers:resumeAll': all(release),
    'transfers:cancelAll': all((record) => record.engine?.cancel()),
    'transfers:retry': ({ transferId }) => retry(transferId),
  };
}

/** Holds a transfer, over restarts too. */
function hold(record: TransferRecord): void {
  record.engine?.hold();
  if (record.engine?.state.phase === 'paused') record.journal?.note({ type: 'held', isHeld: true });
}

/** Ends this side's hold. */
export function release(record: TransferRecord): void {
  record.engine?.release();
  record.journal?.note({ type: 'held', isHeld: false });
}
