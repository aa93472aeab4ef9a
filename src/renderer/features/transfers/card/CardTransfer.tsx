import { useTranslation } from 'react-i18next';
import { Sentence } from '../../../i18n/Sentence';
import { useModel } from '../../../state/AppModelContext';
import { useStillTransfer } from '../../../state/selectors';
import { TransferProgress } from '../TransferProgress';
import { phaseKey, titleParts, transferTitle } from '../transferWords';
import { CardLine, CardWords } from './CardLine';

/** A transfer that was not begun on this card: how far it is. */
export function CardTransfer({ transferId }: { transferId: string }) {
  const { t } = useTranslation();
  const model = useModel();
  const transfer = useStillTransfer(transferId);
  if (!transfer) return null;
  const title = transferTitle(t, transfer);
  const { first, more } = titleParts(t, transfer);
  const cancel = () =>
    void model.attempt(() => model.core.backend.request('transfers:cancel', { transferId }));
  return (
    <CardLine
      direction={transfer.direction}
      title={first}
      aside={more}
      close={{ label: t('transfers.cancel', { name: title }), onClick: cancel }}
    >
      {transfer.phase === 'active' ? (
        <TransferProgress transferId={transferId} title={title} />
      ) : (
        <CardWords>
          <span>
            <Sentence k={phaseKey(transfer)} names={{ name: transfer.peerName }} />
          </span>
        </CardWords>
      )}
    </CardLine>
  );
}
