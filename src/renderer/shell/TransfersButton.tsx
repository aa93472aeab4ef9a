import { Badge, Button, RingProgress, Text, Tooltip } from '@mantine/core';
import { IconArrowsExchange } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/useFormat';
import { useApp, useModel } from '../state/AppModelContext';
import { useActiveTransferCount, useTotalPercent } from '../state/selectors';
import { hasDrawer } from '../state/uiState';
import { shortcutKeys } from '../ui/shortcuts';
import { TipLabel } from '../ui/TipButton';
import { appShortcuts } from './useAppShortcuts';

const RING_PX = 30;

/** Opens and closes the transfers; says how many there are, and how far all of them are together. */
export function TransfersButton() {
  const { t } = useTranslation();
  const model = useModel();
  const format = useFormat();
  const count = useActiveTransferCount();
  const percent = useTotalPercent();
  const goingOn = count === 0 ? t('app.transfers') : t('app.transfersWaiting', { count });
  const label = percent === null ? goingOn : `${goingOn}, ${format.percent(percent / 100)}`;
  const isOpen = useApp(({ core, ui }) =>
    hasDrawer(core, ui) ? ui.drawer === 'files' : ui.transfersPanel === 'open',
  );
  return (
    <Tooltip
      label={<TipLabel label={t('app.transfers')} keys={shortcutKeys(appShortcuts.transfers)} />}
      openDelay={400}
      withArrow
    >
      <Button
        color="gray"
        px={8}
        variant={isOpen ? 'light' : 'subtle'}
        className="no-shrink transfers-button"
        aria-label={label}
        aria-expanded={isOpen}
        onClick={() => model.toggleTransfers()}
      >
        <IconArrowsExchange size={20} stroke={1.7} aria-hidden />
        <TransfersBadge count={count} percent={percent} />
      </Button>
    </Tooltip>
  );
}

/** How many transfers there are, with how far they are around it. */
function TransfersBadge({ count, percent }: { count: number; percent: number | null }) {
  if (count === 0) return null;
  if (percent === null) return <Badge circle size="md" className="count" data-count={count} aria-hidden />;
  return (
    <RingProgress
      aria-hidden
      size={RING_PX}
      thickness={3}
      sections={[{ value: percent, color: 'var(--mantine-primary-color-filled)' }]}
      label={<Text ta="center" size="xs" fw={600} className="count" data-count={count} />}
    />
  );
}
