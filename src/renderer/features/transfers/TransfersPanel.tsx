import { CloseButton, Group, SegmentedControl, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useModel } from '../../state/AppModelContext';
import { CurrentTransfers } from './CurrentTransfers';
import { History } from './history/History';
import './TransfersPanel.css';

type Tab = 'now' | 'history';

/** All transfers, beside whatever view is open: those of now, and those of before. */
export function TransfersPanel() {
  const { t } = useTranslation();
  const model = useModel();
  const [tab, setTab] = useState<Tab>('now');
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
        <Group gap={6} wrap="nowrap">
          <SegmentedControl
            size="xs"
            aria-label={t('transfers.title')}
            value={tab}
            data={[
              { value: 'now', label: t('transfers.tabs.now') },
              { value: 'history', label: t('transfers.tabs.history') },
            ]}
            onChange={(value) => setTab(value === 'history' ? 'history' : 'now')}
          />
          <CloseButton aria-label={t('app.close')} onClick={() => model.toggleTransfers()} />
        </Group>
      </Group>
      {tab === 'now' ? <CurrentTransfers /> : <History />}
    </aside>
  );
}
