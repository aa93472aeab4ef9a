import { Progress, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat';
import { useTransfer } from '../../state/selectors';
import { fractionOf, progressWords } from './transferWords';

/** How far and how fast a transfer is: the one part of its row that is drawn again with every number. */
export function TransferProgress({ transferId, title }: { transferId: string; title: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const transfer = useTransfer(transferId);
  if (!transfer) return null;
  return (
    <>
      <Progress
        value={Math.floor(fractionOf(transfer) * 100)}
        // Drawn once for each update: gliding from one to the next took a tenth of all the processor that a transfer needs.
        transitionDuration={0}
        size="sm"
        mt={6}
        mr={6}
        color={transfer.phase === 'active' ? 'cobalt' : 'gray'}
        aria-label={t('transfers.progressLabel', { name: title })}
      />
      <Text size="xs" mt={4} className="numbers">
        {progressWords(t, format, transfer)}
      </Text>
    </>
  );
}
