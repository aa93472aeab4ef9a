import { VisuallyHidden } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { transferTitle } from '../../features/transfers/transferWords';
import { useFormat } from '../../i18n/useFormat';
import { useModel } from '../../state/AppModelContext';
import { TransferReporter } from '../../state/news/transferNews';

/** Said at most in one go; hundreds of small files end in the same moment. */
const MAX_NEWS = 3;

/** Says to screen readers how transfers begin, halt and end, and at times how far they are. */
export function TransferAnnouncer() {
  const { t } = useTranslation();
  const format = useFormat();
  const { store } = useModel();
  const [reporter] = useState(() => new TransferReporter());
  const [words, setWords] = useState('');
  useEffect(() => {
    const read = () => {
      const news = reporter.update(store.getState().core.transfers, performance.now());
      if (news.length === 0) return;
      const sentences = news.slice(0, MAX_NEWS).map(({ key, transfer, fraction }) => {
        const file = transferTitle(t, transfer);
        return t(`transfers.announce.${key}`, { file, percent: format.percent(fraction) });
      });
      setWords(sentences.join('. '));
    };
    read();
    return store.subscribe((state, before) => {
      if (state.core.transfers !== before.core.transfers) read();
    });
  }, [reporter, store, t, format]);
  return (
    <VisuallyHidden role="log" aria-live="polite" data-testid="transfer-announcer">
      {words}
    </VisuallyHidden>
  );
}
