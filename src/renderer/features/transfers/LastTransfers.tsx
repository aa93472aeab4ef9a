import { IconArrowDown, IconArrowUp, IconCopy, IconFolderOpen } from '@tabler/icons-react';
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useShallow } from 'zustand/react/shallow';
import { Sentence } from '../../i18n/Sentence';
import { useApp, useModel } from '../../state/AppModelContext';
import { type StillTransfer, useStillTransfer } from '../../state/selectors';
import { Name } from '../../ui/device/Name';
import { CopyButton } from '../../ui/fields/CopyButton';
import { Section } from '../../ui/Section';
import { TipButton } from '../../ui/TipButton';
import './LastTransfers.css';
import { phaseKey, transferTitle } from './transferWords';

/** How many are shown; the panel has all. */
const SHOWN = 3;

/** The transfers that were begun last, with the way to what was received. Nothing where there are none. */
export function LastTransfers() {
  const { t } = useTranslation();
  const ids = useApp(
    useShallow(({ core }) => core.transfers.slice(0, SHOWN).map(({ transferId }) => transferId)),
  );
  if (ids.length === 0) return null;
  return (
    <Section title={t('transfers.last')} className="card">
      <ul className="last-transfers">
        {ids.map((transferId) => (
          <LastTransfer key={transferId} transferId={transferId} />
        ))}
      </ul>
    </Section>
  );
}

function LastTransfer({ transferId }: { transferId: string }) {
  const { t } = useTranslation();
  const transfer = useStillTransfer(transferId);
  if (!transfer) return null;
  const isSend = transfer.direction === 'send';
  const Arrow = isSend ? IconArrowUp : IconArrowDown;
  return (
    <li className="last-transfer" data-testid="last-transfer">
      <Arrow size={16} aria-hidden className="no-shrink" />
      <div className="grow">
        <Name size="sm" fw={550}>
          {transferTitle(t, transfer)}
        </Name>
        <Text size="xs" c="dimmed" truncate>
          <Sentence
            k={
              transfer.phase === 'done'
                ? isSend
                  ? 'transfers.send'
                  : 'transfers.receive'
                : phaseKey(transfer)
            }
            names={{ name: transfer.peerName }}
          />
        </Text>
      </div>
      <WayThere transfer={transfer} />
    </li>
  );
}

/** Shows what was received in the file manager; where there is none, its folder can be copied. */
function WayThere({ transfer }: { transfer: StillTransfer }) {
  const { t } = useTranslation();
  const model = useModel();
  const canReveal = useApp((state) => state.core.app?.capabilities.canReveal ?? false);
  const { transferId, direction, phase, dir } = transfer;
  if (canReveal && transfer.canReveal)
    return (
      <TipButton
        label={t('transfers.reveal')}
        size="md"
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
