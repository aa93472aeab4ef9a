import { useTranslation } from 'react-i18next';
import type { StillTransfer } from '../../state/selectors';
import { useFormat } from '../../i18n/useFormat';
import { failureWords } from '../../i18n/words';
import { DetailList } from './DetailList';
import { type DetailPart, leftOutParts, renamedParts } from './detailParts';

/** What did not go by the plan: files that started over, failed, were left out or renamed, blocks that were fetched again. */
export function TransferDetails({ transfer }: { transfer: StillTransfer }) {
  const { t } = useTranslation();
  return <DetailList summary={t('transfers.details')} parts={useParts(transfer)} />;
}

function useParts(transfer: StillTransfer): DetailPart[] {
  const { t } = useTranslation();
  const format = useFormat();
  const { restartedFiles, failedFiles, failedCount, leftOut, renamed, lostBlocks, direction } = transfer;
  const parts: DetailPart[] = [];
  if (failedCount > 0) {
    const names = failedFiles.map(
      ({ path, failure }) => `${path} – ${failureWords(t, format, failure).title}`,
    );
    const words = t('transfers.detail.failed', { count: failedCount });
    parts.push({ words, names, moreCount: failedCount - names.length });
  }
  if (restartedFiles.length > 0)
    parts.push({ words: t('transfers.detail.restarted'), names: restartedFiles, moreCount: 0 });
  parts.push(...leftOutParts(t, leftOut));
  parts.push(...renamedParts(t('transfers.detail.renamed', { count: renamed.count }), renamed));
  if (lostBlocks > 0)
    parts.push({
      words: t(`transfers.detail.${direction === 'send' ? 'sentAgain' : 'corrected'}`, { count: lostBlocks }),
      names: [],
      moreCount: 0,
    });
  return parts;
}
