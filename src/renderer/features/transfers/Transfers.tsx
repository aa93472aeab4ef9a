import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CurrentTransfers } from './CurrentTransfers';
import { History } from './history/History';
import './TransfersPanel.css';

type Tab = 'now' | 'history';

/** All transfers: those of now, and those of before. */
export function Transfers() {
  const { t } = useTranslation();
  const [tab, setTab] = useState<Tab>('now');
  return (
    <section className="fill-column" aria-label={t('transfers.title')}>
      <SegmentedControl
        size="xs"
        className="transfers-switch"
        aria-label={t('transfers.title')}
        value={tab}
        data={[
          { value: 'now', label: t('transfers.tabs.now') },
          { value: 'history', label: t('transfers.tabs.history') },
        ]}
        onChange={(value) => setTab(value === 'history' ? 'history' : 'now')}
      />
      {tab === 'now' ? <CurrentTransfers /> : <History />}
    </section>
  );
}
