import { useTranslation } from 'react-i18next';
import type { StillTransfer } from '../../state/selectors';
import { useFormat } from '../../i18n/useFormat';
import { failureWords } from '../../i18n/words';

interface Part {
  words: string;
  names: readonly string[];
  /** Names that the list leaves out. */
  moreCount: number;
}

/** What did not go by the plan: files that started over, failed or were left out, blocks that were fetched again. */
export function TransferDetails({ transfer }: { transfer: StillTransfer }) {
  const { t } = useTranslation();
  const parts = useParts(transfer);
  if (parts.length === 0) return null;
  return (
    <details className="transfer-row-details wrap-anywhere">
      <summary>{t('transfers.details')}</summary>
      {parts.map(({ words, names, moreCount }) => (
        <div key={words}>
          {words}
          {names.length === 0 ? null : (
            <ul>
              {names.map((name) => (
                <li key={name}>
                  <bdi>{name}</bdi>
                </li>
              ))}
              {moreCount > 0 ? <li>{t('transfers.detail.more', { count: moreCount })}</li> : null}
            </ul>
          )}
        </div>
      ))}
    </details>
  );
}

function useParts(transfer: StillTransfer): Part[] {
  const { t } = useTranslation();
  const format = useFormat();
  const { restartedFiles, failedFiles, failedCount, skippedNames, skippedCount, lostBlocks, direction } =
    transfer;
  const parts: Part[] = [];
  if (failedCount > 0) {
    const names = failedFiles.map(
      ({ path, failure }) => `${path} – ${failureWords(t, format, failure).title}`,
    );
    const words = t('transfers.detail.failed', { count: failedCount });
    parts.push({ words, names, moreCount: failedCount - names.length });
  }
  if (restartedFiles.length > 0)
    parts.push({ words: t('transfers.detail.restarted'), names: restartedFiles, moreCount: 0 });
  if (skippedCount > 0) {
    const words = t('transfers.detail.skipped', { count: skippedCount });
    parts.push({ words, names: skippedNames, moreCount: skippedCount - skippedNames.length });
  }
  if (lostBlocks > 0)
    parts.push({
      words: t(`transfers.detail.${direction === 'send' ? 'sentAgain' : 'corrected'}`, { count: lostBlocks }),
      names: [],
      moreCount: 0,
    });
  return parts;
}
