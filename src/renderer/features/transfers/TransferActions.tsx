import { Button } from '@mantine/core';
import { IconArrowBarToUp, IconPlayerPause, IconPlayerPlay, IconRefresh, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { TransferView } from '../../../shared/contract/transfers';
import { useApp, useModel } from '../../state/AppModelContext';
import { isOver, type StillTransfer } from '../../state/selectors';
import { TipButton } from '../../ui/TipButton';
import { WayThere } from './WayThere';
import { canMoveToFront, canPause, canResume } from './transferWords';

type Action = 'cancel' | 'pause' | 'resume' | 'retry' | 'moveToFront';

/** What a person can do about one transfer, as it stands now. */
export function TransferActions({ transfer, title }: { transfer: StillTransfer; title: string }) {
  const { t } = useTranslation();
  const model = useModel();
  const hasOthers = useApp((state) => state.core.transfers.filter(isSending).length > 1);
  const { transferId } = transfer;
  if (transfer.phase === 'incoming') {
    return (
      <Button size="compact-sm" onClick={() => model.bringBack(transferId)}>
        {t('transfers.review')}
      </Button>
    );
  }
  const button = (action: Action, label: string, Icon: typeof IconX) => (
    <TipButton
      label={label}
      size="md"
      data-action={action}
      onClick={() =>
        void model.attempt(() => model.core.backend.request(`transfers:${action}`, { transferId }))
      }
    >
      <Icon size={17} />
    </TipButton>
  );
  const named = { name: title };
  return (
    <div className="transfer-row-actions">
      <WayThere transfer={transfer} />
      {hasOthers && canMoveToFront(transfer)
        ? button('moveToFront', t('transfers.moveToFront', named), IconArrowBarToUp)
        : null}
      {transfer.canRetry ? button('retry', t('transfers.retry', named), IconRefresh) : null}
      {canPause(transfer) ? button('pause', t('transfers.pause', named), IconPlayerPause) : null}
      {canResume(transfer) ? button('resume', t('transfers.resume', named), IconPlayerPlay) : null}
      {isOver(transfer) ? null : button('cancel', t('transfers.cancel', named), IconX)}
    </div>
  );
}

function isSending({ direction, phase }: TransferView): boolean {
  return direction === 'send' && (phase === 'active' || phase === 'waiting');
}
