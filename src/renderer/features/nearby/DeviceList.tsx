import { Button, Group, Text } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { relayName } from '../../../shared/protocol/relayUrl';
import { useApp, useModel } from '../../state/AppModelContext';
import { useNearby } from '../../state/selectors';
import { StateDot } from '../../ui/device/StateDot';
import { Section } from '../../ui/Section';
import { TipButton } from '../../ui/TipButton';
import { cardDevices } from './cardDevices';
import { DeviceCard } from './DeviceCard';
import { NearbyEmpty } from './NearbyEmpty';
import { isOnCard } from './sessionCards';

/** The devices that there is no session with: those on the network, or why there are none, and trusted ones that are away. */
export function DeviceList({ transfersOf }: { transfersOf: (deviceId: string) => ReactNode }) {
  const { t } = useTranslation();
  const nearby = useNearby();
  const trusted = useApp((state) => state.core.trusted);
  const { reachable, trouble } = useApp((state) => state.core.away);
  const sendings = useApp((state) => state.ui.sendings);
  const sessions = useApp((state) => state.core.sessions);
  const devices = nearby?.devices;
  const cards = useMemo(() => {
    const inSession = sessions.flatMap((session) =>
      isOnCard(session) && session.peer && session.state.phase !== 'ended' ? [session.peer.deviceId] : [],
    );
    return cardDevices(devices ?? [], trusted, sendings, new Set(inSession), reachable);
  }, [devices, trusted, sendings, sessions, reachable]);
  if (!nearby) return null;
  const refresh = nearby.isOn ? <Refresh count={nearby.devices.length} /> : null;
  return (
    <Section title={t('home.nearby.title')} aside={refresh}>
      <div className="device-list">
        {trouble ? <RelayTrouble /> : null}
        {nearby.devices.length === 0 ? <NearbyEmpty nearby={nearby} /> : null}
        {cards.length === 0 ? null : (
          <ul className="device-tiles">
            {cards.map((card) => (
              <DeviceCard key={card.deviceId} card={card} transfers={transfersOf(card.deviceId)} />
            ))}
          </ul>
        )}
      </div>
    </Section>
  );
}

/** Trusted devices elsewhere can't come now, nor be reached; it goes by itself. */
function RelayTrouble() {
  const { t } = useTranslation();
  const model = useModel();
  const relayUrl = useApp((state) => state.core.settings?.relayUrl ?? '');
  return (
    <Group gap={8} role="status" data-testid="relay-trouble">
      <StateDot tone="busy" />
      <Text size="xs" c="dimmed" className="wrap-anywhere">
        {t('home.nearby.relayDown', { relay: relayName(relayUrl) })}
      </Text>
      <Button size="compact-xs" variant="subtle" onClick={() => model.open({ kind: 'doctor' })}>
        {t('doctor.why')}
      </Button>
    </Group>
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
