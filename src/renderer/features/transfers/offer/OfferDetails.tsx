import { useTranslation } from 'react-i18next';
import type { LeftOut, Renamed } from '../../../../shared/contract/transfers';
import { DetailList } from '../DetailList';
import { leftOutParts, renamedParts } from '../detailParts';

interface OfferDetailsProps {
  leftOut: readonly LeftOut[];
  /** What the chosen folder's disk can't name as it was sent; `null` until that is known. */
  renamed: Renamed | null;
}

/** What would arrive otherwise than it was sent, before the person says yes. */
export function OfferDetails({ leftOut, renamed }: OfferDetailsProps) {
  const { t } = useTranslation();
  const leftOutCount = leftOut.reduce((sum, { count }) => sum + count, 0);
  const summary = [
    renamed !== null && renamed.count > 0 ? t('transfers.offer.renamed', { count: renamed.count }) : null,
    leftOutCount > 0 ? t('transfers.offer.leftOut', { count: leftOutCount }) : null,
  ].filter((words) => words !== null);
  const parts = [
    ...leftOutParts(t, leftOut),
    ...(renamed === null
      ? []
      : renamedParts(t('transfers.offer.renamedWhy', { count: renamed.count }), renamed)),
  ];
  return <DetailList summary={summary.join(', ')} parts={parts} />;
}
