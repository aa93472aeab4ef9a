import { useEffect, useState } from 'react';
import { pictureTypeOf } from '../../../../shared/pictures';
import { useModel } from '../../../state/AppModelContext';
import type { StillTransfer } from '../../../state/selectors';

/** What a transfer has sent or brought, where that is one picture; `null` for anything else and before it is there. */
export function usePicture(transfer: StillTransfer | undefined): Blob | null {
  const { core } = useModel();
  const [picture, setPicture] = useState<Blob | null>(null);
  const transferId = transfer !== undefined && mayBePicture(transfer) ? transfer.transferId : null;
  // One that is sent is told of before its page knows that it sends it.
  const phase = picture === null ? transfer?.phase : null;
  useEffect(() => {
    if (transferId === null || phase === null) return undefined;
    let isWanted = true;
    void core.pictureOf(transferId).then((found) => {
      if (isWanted) setPicture(found);
    });
    return () => {
      isWanted = false;
    };
  }, [core, transferId, phase]);
  return transferId === null ? null : picture;
}

function mayBePicture({
  direction,
  phase,
  rootNames,
  fileCount,
  folderCount,
  isFolder,
}: StillTransfer): boolean {
  const [name = ''] = rootNames;
  const isOne = fileCount === 1 && folderCount === 0 && !isFolder;
  return isOne && pictureTypeOf(name) !== null && (direction === 'send' || phase === 'done');
}
