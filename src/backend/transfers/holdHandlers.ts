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
    // One may end in the moment in which the person acts.
    if (!list.past(args.transferId)) act(list.get(args.transferId));
    return {};
  };
  return {
    'transfers:pause': one((record) => record.hold()),
    'transfers:resume': one((record) => record.release()),
    'transfers:cancel': one((record) => record.engine?.cancel()),
    'transfers:moveToFront': one((record) => scheduler.moveToFront(record.options.transferId)),
    'transfers:pauseAll': all((record) => record.hold()),
    'transfers:resumeAll': all((record) => record.release()),
    'transfers:cancelAll': all((record) => record.engine?.cancel()),
    'transfers:retry': ({ transferId }) => retry(transferId),
  };
}
