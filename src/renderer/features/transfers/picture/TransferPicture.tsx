import { Modal, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStillTransfer } from '../../../state/selectors';
import { useObjectUrl } from '../../../ui/useObjectUrl';
import './TransferPicture.css';
import { usePicture } from './usePicture';

/** A picture that was sent or received by itself, beneath its row; larger when it is pressed. Nothing for other transfers. */
export function TransferPicture({ transferId }: { transferId: string }) {
  const { t } = useTranslation();
  const transfer = useStillTransfer(transferId);
  const url = useObjectUrl(usePicture(transfer));
  const [isOpen, setIsOpen] = useState(false);
  const [name = ''] = transfer?.rootNames ?? [];
  if (url === null) return null;
  return (
    <>
      <UnstyledButton
        className="transfer-picture"
        aria-label={t('transfers.openPicture', { name })}
        onClick={() => setIsOpen(true)}
      >
        <img src={url} alt="" />
      </UnstyledButton>
      <Modal opened={isOpen} onClose={() => setIsOpen(false)} title={name} size="auto" centered>
        <img src={url} alt={name} className="transfer-picture-large" />
      </Modal>
    </>
  );
}
