import type { TFunction } from 'i18next';
import type { TransferView } from '../../../shared/contract/transfers';
import type { ErrorCode } from '../../../shared/errors';
import type { Format } from '../../i18n/format';

type Counts = Pick<TransferView, 'fileCount' | 'folderCount'>;
type Named = Pick<TransferView, 'rootNames' | 'rootCount' | 'isFolder'> & Counts;

/** What a transfer is called, in one piece. */
export function transferTitle(t: TFunction, transfer: Named): string {
  const { first } = titleParts(t, transfer);
  const moreCount = moreCountOf(transfer);
  return moreCount === 0 ? first : t('transfers.namesMore', { first, count: moreCount });
}

/** The same in two: the first name, which may be cut, and how much there is in it or beside it, which may not. */
export function titleParts(t: TFunction, transfer: Named): { first: string; more: string | null } {
  const { rootNames, isFolder, fileCount } = transfer;
  const [first = countWords(t, transfer)] = rootNames;
  if (isFolder) return { first, more: t('transfers.inFolder', { count: fileCount }) };
  const moreCount = moreCountOf(transfer);
  return { first, more: moreCount === 0 ? null : t('transfers.andMore', { count: moreCount }) };
}

function moreCountOf({ rootNames, rootCount }: Pick<Named, 'rootNames' | 'rootCount'>): number {
  return Math.max(0, Math.max(rootCount, rootNames.length) - 1);
}

/** `3 files, 1 folder`; a part that is none is left out. */
export function countWords(t: TFunction, { fileCount, folderCount }: Counts): string {
  const files = fileCount > 0 || folderCount === 0 ? [t('transfers.files', { count: fileCount })] : [];
  const folders = folderCount > 0 ? [t('transfers.folders', { count: folderCount })] : [];
  return [...files, ...folders].join(', ');
}

/** How far a transfer is, from 0 to 1; one of empty files counts them instead of bytes. */
export function fractionOf(transfer: TransferView): number {
  if (transfer.phase === 'done') return 1;
  if (transfer.totalBytes > 0) return Math.min(1, transfer.doneBytes / transfer.totalBytes);
  return transfer.fileCount > 0 ? Math.min(1, transfer.doneFiles / transfer.fileCount) : 0;
}

/** `12.3 MB of 300 MB · 24 MB/s · 10 sec left` */
export function progressWords(t: TFunction, format: Format, transfer: TransferView): string {
  const parts: string[] = [
    t('transfers.progress', {
      done: format.bytes(transfer.doneBytes),
      total: format.bytes(transfer.totalBytes),
    }),
  ];
  if (transfer.phase === 'active' && transfer.bytesPerSecond > 0)
    parts.push(format.speed(transfer.bytesPerSecond));
  if (transfer.phase === 'active' && transfer.secondsLeft !== null) {
    const isAlmost = transfer.secondsLeft < 1;
    parts.push(
      isAlmost
        ? t('transfers.almost')
        : t('transfers.left', { duration: format.duration(transfer.secondsLeft) }),
    );
  }
  return parts.join(' · ');
}

/** Whether it has begun and is not over: there is a bar to show. */
export function isUnderWay({ phase }: Pick<TransferView, 'phase'>): boolean {
  return phase === 'active' || phase === 'waiting' || phase === 'paused';
}

/** Catalogue key of the words for a transfer that is not moving. */
export function phaseKey(
  transfer: Pick<TransferView, 'direction' | 'phase' | 'endedBy' | 'pausedBy' | 'failure'>,
) {
  const isSend = transfer.direction === 'send';
  switch (transfer.phase) {
    case 'done':
      return isSend ? 'transfers.ended.sent' : 'transfers.ended.received';
    case 'declined':
      return isSend ? 'transfers.ended.declinedByPeer' : 'transfers.ended.declinedByMe';
    case 'cancelled':
      return transfer.endedBy === 'peer'
        ? 'transfers.ended.cancelledByPeer'
        : 'transfers.ended.cancelledByMe';
    case 'paused':
      return holdKey(transfer);
    default:
      return `transfers.phase.${transfer.phase}` as const;
  }
}

/** Catalogue key of the words for what holds a paused transfer. */
function holdKey({ pausedBy, failure }: Pick<TransferView, 'pausedBy' | 'failure'>) {
  const isByPeer = pausedBy === 'peer';
  if (failure?.code === 'disk-full')
    return isByPeer ? 'transfers.paused.peerDiskFull' : 'transfers.paused.diskFull';
  if (failure?.code === 'page-away')
    return isByPeer ? 'transfers.paused.peerPageAway' : 'transfers.paused.pageAway';
  if (failure) return 'transfers.paused.other';
  return isByPeer ? 'transfers.paused.byPeer' : 'transfers.paused.byMe';
}

/** What holds a transfer and is told in the one sentence of `phaseKey`, as it goes on by itself. */
export const PASSING_FAILURES: readonly ErrorCode[] = ['disk-full', 'page-away'];

/** Whether this side's person can hold the transfer now. */
export function canPause({ phase, pausedBy }: Pick<TransferView, 'phase' | 'pausedBy'>): boolean {
  return phase === 'active' || phase === 'waiting' || (phase === 'paused' && pausedBy === 'peer');
}

/** Whether this side's person holds it, and can let it go on. */
export function canResume({
  phase,
  pausedBy,
  failure,
}: Pick<TransferView, 'phase' | 'pausedBy' | 'failure'>): boolean {
  return phase === 'paused' && pausedBy !== 'peer' && failure === null;
}

/** Whether it is worth a place at the front: it sends, it is not there yet, and it has not been held. */
export function canMoveToFront({
  phase,
  direction,
  isFirst,
}: Pick<TransferView, 'phase' | 'direction' | 'isFirst'>): boolean {
  return direction === 'send' && !isFirst && (phase === 'active' || phase === 'waiting');
}
