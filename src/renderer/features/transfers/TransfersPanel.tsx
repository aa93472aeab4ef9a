import { CloseButton, Group, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useModel } from '../../state/AppModelContext';
import { isWithin } from '../../ui/isWithin';
import { Transfers } from './Transfers';
import './TransfersPanel.css';

/** The transfers beside Home; a session has them in its drawer. */
export function TransfersPanel() {
  const { t } = useTranslation();
  const model = useModel();
  return (
    <aside
      className="transfers-panel"
      aria-label={t('transfers.title')}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && isWithin(event)) model.toggleTransfers();
      }}
    >
      <Group className="transfers-panel-head" justify="space-between" wrap="nowrap">
        <Title order={2} size="h5">
          {t('transfers.title')}
        </Title>
        <CloseButton aria-label={t('app.close')} onClick={() => model.toggleTransfers()} />
      </Group>
      <Transfers />
    </aside>
  );
}
