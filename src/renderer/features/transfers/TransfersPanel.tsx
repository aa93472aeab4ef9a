import { CloseButton, Group, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useModel } from '../../state/AppModelContext';
import { SidePanel } from '../../ui/SidePanel';
import { Transfers } from './Transfers';
import './TransfersPanel.css';

/** The transfers beside Home; a session has them in its drawer. */
export function TransfersPanel() {
  const { t } = useTranslation();
  const model = useModel();
  return (
    <SidePanel label={t('transfers.title')} onClose={() => model.toggleTransfers()}>
      <Group className="transfers-panel-head" justify="space-between" wrap="nowrap">
        <Title order={2} size="h5">
          {t('transfers.title')}
        </Title>
        <CloseButton aria-label={t('app.close')} onClick={() => model.toggleTransfers()} />
      </Group>
      <Transfers />
    </SidePanel>
  );
}
