import { Button, CloseButton, EmptyState, Group, Title } from '@mantine/core';
import { IconArrowsExchange } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useApp, useModel } from '../../state/AppModelContext';
import { isOver, useTransferIds } from '../../state/selectors';
import { TransferRow } from './TransferRow';
import './TransfersPanel.css';

/** All transfers, beside whatever view is open. */
export function TransfersPanel() {
  const { t } = useTranslation();
  const model = useModel();
  const ids = useTransferIds();
  const hasFinished = useApp((state) => state.core.transfers.some(isOver));
  return (
    <aside
      className="transfers-panel"
      aria-label={t('transfers.title')}
      onKeyDown={(event) => {
        if (event.key === 'Escape') model.toggleTransfers();
      }}
    >
      <Group className="transfers-panel-head" justify="space-between" wrap="nowrap">
        <Title order={2} size="h5">
          {t('transfers.title')}
        </Title>
        <Group gap={4} wrap="nowrap">
          {hasFinished ? (
            <Button
              size="compact-sm"
              variant="subtle"
              color="gray"
              onClick={() => void model.attempt(() => model.core.backend.request('transfers:clear', {}))}
            >
              {t('transfers.clear')}
            </Button>
          ) : null}
          <CloseButton aria-label={t('app.close')} onClick={() => model.toggleTransfers()} />
        </Group>
      </Group>
      {ids.length === 0 ? (
        <EmptyState
          size="sm"
          mt={60}
          px="lg"
          icon={<IconArrowsExchange stroke={1.4} aria-hidden />}
          title={t('transfers.empty.title')}
          description={t('transfers.empty.help')}
        />
      ) : (
        <ul className="transfers-panel-list">
          {ids.map((transferId) => (
            <TransferRow key={transferId} transferId={transferId} />
          ))}
        </ul>
      )}
    </aside>
  );
}
