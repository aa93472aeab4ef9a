import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useShallow } from 'zustand/react/shallow';
import { Sentence } from '../../i18n/Sentence';
import { useApp } from '../../state/AppModelContext';
import { useStillTransfer } from '../../state/selectors';
import { FileName } from '../../ui/device/FileName';
import { Section } from '../../ui/Section';
import './LastTransfers.css';
import { phaseKey, titleParts } from './transferWords';
import { WayThere } from './WayThere';

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
  const { first, more } = titleParts(t, transfer);
  const isSend = transfer.direction === 'send';
  const Arrow = isSend ? IconArrowUp : IconArrowDown;
  return (
    <li className="last-transfer" data-testid="last-transfer">
      <Arrow size={16} aria-hidden className="no-shrink" />
      <div className="grow">
        <FileName size="sm" fw={550} more={more}>
          {first}
        </FileName>
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
