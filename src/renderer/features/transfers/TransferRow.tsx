import { useTranslation } from 'react-i18next';
import { useTransfer } from '../../state/selectors';
import { TransferActions } from './TransferActions';
import { TransferDetails } from './TransferDetails';
import { TransferFrame } from './TransferFrame';
import { TransferStatus } from './TransferStatus';
import { transferTitle } from './transferWords';

/** One transfer: what, with whom, how far, and what can be done about it. */
export function TransferRow({ transferId }: { transferId: string }) {
  const { t } = useTranslation();
  const transfer = useTransfer(transferId);
  if (!transfer) return null;
  const title = transferTitle(t, transfer);
  const actions = <TransferActions transfer={transfer} title={title} />;
  return (
    <TransferFrame transfer={transfer} title={title} testId="transfer" actions={actions}>
      <TransferStatus transfer={transfer} title={title} />
      <TransferDetails transfer={transfer} />
    </TransferFrame>
  );
}
