import { useTranslation } from 'react-i18next';
import type { DetailPart } from './detailParts';

/** Sentences that can be opened for the names that they are about. */
export function DetailList({ summary, parts }: { summary: string; parts: readonly DetailPart[] }) {
  const { t } = useTranslation();
  if (parts.length === 0) return null;
  return (
    <details className="transfer-row-details wrap-anywhere">
      <summary>{summary}</summary>
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
