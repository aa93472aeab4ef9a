import type { HeldSend } from '../../../shared/contract/app';
import type { TransferRecord } from '../TransferRecord';

/** How many files of a page are on their way to each device, by the transfers that are not over. */
export function sendsOf(pageId: string, unfinished: readonly TransferRecord[]): HeldSend[] {
  const byDevice = new Map<string, HeldSend>();
  for (const record of unfinished) {
    if (record.pageId !== pageId) continue;
    const { deviceId, peerName } = record.options;
    const fileCount = (byDevice.get(deviceId)?.fileCount ?? 0) + record.fileCount;
    byDevice.set(deviceId, { peerName, fileCount });
  }
  return [...byDevice.values()];
}
