import { Group, Text } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useModel } from '../../state/AppModelContext';
import { useNearby } from '../../state/selectors';
import { Section } from '../../ui/Section';
import { StateDot } from '../../ui/device/StateDot';
import { TipButton } from '../../ui/TipButton';
import { DeviceCard } from './DeviceCard';
import { NearbyEmpty } from './NearbyEmpty';
import './NearbyList.css';

/** The devices on the network, or why there are none. */
export function NearbyList() {
  const { t } = useTranslation();
  const nearby = useNearby();
  if (!nearby) return null;
  const refresh = nearby.isOn ? <Refresh count={nearby.devices.length} /> : null;
  return (
    <Section title={t('home.nearby.title')} aside={refresh}>
      {nearby.devices.length === 0 ? (
        <NearbyEmpty nearby={nearby} />
      ) : (
        <ul className="nearby-list">
          {nearby.devices.map((each) => (
            <DeviceCard key={each.device.deviceId} nearby={each} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function Refresh({ count }: { count: number }) {
  const { t } = useTranslation();
  const model = useModel();
  return (
    <Group gap={8} wrap="nowrap">
      <StateDot tone={count === 0 ? 'busy' : 'good'} />
      <Text size="xs" c="dimmed" role="status">
        {count === 0 ? t('home.nearby.looking') : t('home.nearby.found', { count })}
      </Text>
      <TipButton
        label={t('home.nearby.refresh')}
        size="md"
        onClick={() => void model.attempt(() => model.core.backend.request('nearby:refresh', {}))}
      >
        <IconRefresh size={17} />
      </TipButton>
    </Group>
  );
}
