import { Text } from '@mantine/core';
import { IconRefresh, IconTrash } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { TransferView } from '../../../../shared/contract/transfers';
import { useFormat } from '../../../i18n/useFormat';
import { useModel } from '../../../state/AppModelContext';
import { TipButton } from '../../../ui/TipButton';
import { TransferDetails } from '../TransferDetails';
import '../TransferRow.css';
import { TransferFrame } from '../TransferFrame';
import { TransferStatus } from '../TransferStatus';
import { WayThere } from '../WayThere';
import { titleParts, transferTitle } from '../transferWords';

interface HistoryRowProps {
  /** `undefined` while its page is on the way. */
  entry: TransferView | undefined;
  onMissing: () => void;
  onForget: (transferId: string) => void;
}

/** One transfer that is over: what, with whom, when and how it ended. */
export function HistoryRow({ entry, onMissing, onForget }: HistoryRowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const isMissing = entry === undefined;
  useEffect(() => {
    if (isMissing) onMissing();
  });
  if (!entry) {
    return (
      <div className="transfer-row">
        <Text size="xs">{t('transfers.history.loading')}</Text>
      </div>
    );
  }
  const title = transferTitle(t, entry);
  const actions = <Actions entry={entry} title={title} onForget={onForget} />;
  return (
    <TransferFrame transfer={entry} title={titleParts(t, entry)} testId="past-transfer" actions={actions}>
      <TransferStatus transfer={entry} />
      <Text size="xs" c="dimmed">
        {format.time(entry.endedMs ?? entry.startedMs, Date.now())}
      </Text>
      <TransferDetails transfer={entry} />
    </TransferFrame>
  );
}

interface ActionsProps extends Pick<HistoryRowProps, 'onForget'> {
  entry: TransferView;
  title: string;
}

function Actions({ entry, title, onForget }: ActionsProps) {
  const { t } = useTranslation();
  const model = useModel();
  const { transferId } = entry;
  return (
    <div className="transfer-row-actions">
      <WayThere transfer={entry} />
      {entry.canRetry ? (
        <TipButton
          label={t('transfers.history.sendAgain', { name: title })}
          size="md"
          onClick={() =>
            void model.attempt(() => model.core.backend.request('transfers:retry', { transferId }))
          }
        >
          <IconRefresh size={17} />
        </TipButton>
      ) : null}
      <TipButton
        label={t('transfers.history.forget', { name: title })}
        size="md"
        onClick={() => onForget(transferId)}
      >
        <IconTrash size={17} />
      </TipButton>
    </div>
  );
}
