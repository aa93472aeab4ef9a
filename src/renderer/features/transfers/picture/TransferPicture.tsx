import { Modal, UnstyledButton } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hasPictureName } from '../../../../shared/pictures';
import { type StillTransfer, useStillTransfer } from '../../../state/selectors';
import { useObjectUrl } from '../../../ui/useObjectUrl';
import './TransferPicture.css';
import { useThumbnail, useWhole } from './usePicture';

/** A picture that was sent or received by itself, beneath its row; larger when it is pressed. Nothing for other transfers. */
export function TransferPicture({ transferId }: { transferId: string }) {
  const transfer = useStillTransfer(transferId);
  return transfer && mayBePicture(transfer) ? <Picture transfer={transfer} /> : null;
}

function mayBePicture({ direction, phase, rootNames, fileCount, folderCount, isFolder }: StillTransfer) {
  const [name = ''] = rootNames;
  const isOne = fileCount === 1 && folderCount === 0 && !isFolder;
  return isOne && hasPictureName(name) && (direction === 'send' || phase === 'done');
}

function Picture({ transfer }: { transfer: StillTransfer }) {
  const { t } = useTranslation();
  const place = useRef<HTMLDivElement>(null);
  const thumbnail = useThumbnail(transfer, place);
  const url = useObjectUrl(thumbnail ?? null);
  const [isOpen, setIsOpen] = useState(false);
  const wholeUrl = useObjectUrl(useWhole(transfer, isOpen));
  const [name = ''] = transfer.rootNames;
  if (thumbnail === null) return null;
  return (
    <div ref={place} className="transfer-picture">
      {url === null ? null : (
        <UnstyledButton aria-label={t('transfers.openPicture', { name })} onClick={() => setIsOpen(true)}>
          <img src={url} alt="" />
        </UnstyledButton>
      )}
      <Modal opened={isOpen} onClose={() => setIsOpen(false)} title={name} size="auto" centered>
        <img src={wholeUrl ?? url ?? ''} alt={name} className="transfer-picture-large" />
      </Modal>
    </div>
  );
}
