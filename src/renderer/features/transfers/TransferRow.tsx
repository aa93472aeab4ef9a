import { useTranslation } from 'react-i18next';
import { useStillTransfer } from '../../state/selectors';
import { TransferActions } from './TransferActions';
import { TransferDetails } from './TransferDetails';
import { TransferFrame } from './TransferFrame';
import { TransferProgress } from './TransferProgress';
import { TransferStatus } from './TransferStatus';
import { isUnderWay, titleParts, transferTitle } from './transferWords';

/** One transfer: what, with whom, how far, and what can be done about it. */
export function TransferRow({ transferId }: { transferId: string }) {
  const { t } = useTranslation();
  const transfer = useStillTransfer(transferId);
  if (!transfer) return null;
  const title = transferTitle(t, transfer);
  const actions = <TransferActions transfer={transfer} title={title} />;
  return (
    <TransferFrame transfer={transfer} title={titleParts(t, transfer)} testId="transfer" actions={actions}>
      {isUnderWay(transfer) ? <TransferProgress transferId={transferId} title={title} /> : null}
      <TransferStatus transfer={transfer} />
      <TransferDetails transfer={transfer} />
    </TransferFrame>
  );
}
