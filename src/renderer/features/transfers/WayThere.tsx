import { IconCopy, IconFolderOpen } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useApp, useModel } from '../../state/AppModelContext';
import type { StillTransfer } from '../../state/selectors';
import { CopyButton } from '../../ui/fields/CopyButton';
import { TipButton } from '../../ui/TipButton';

/** Shows what was received in the file manager; where there is none, its folder can be copied. */
export function WayThere({ transfer }: { transfer: StillTransfer }) {
  const { t } = useTranslation();
  const model = useModel();
  const canReveal = useApp((state) => state.core.app?.capabilities.canReveal ?? false);
  const { transferId, direction, phase, dir } = transfer;
  if (canReveal && transfer.canReveal)
    return (
      <TipButton
        label={t('transfers.reveal')}
        size="md"
        data-action="reveal"
        onClick={() =>
          void model.attempt(() => model.core.backend.request('transfers:reveal', { transferId }))
        }
      >
        <IconFolderOpen size={17} />
      </TipButton>
    );
  if (direction !== 'receive' || phase !== 'done' || dir === null) return null;
  return (
    <CopyButton text={dir} labels={{ copy: t('transfers.copyPath'), copied: t('app.copied') }}>
      <IconCopy size={17} />
    </CopyButton>
  );
}
