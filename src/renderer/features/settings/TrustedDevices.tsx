import { Text } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useApp } from '../../state/AppModelContext';
import { TrustedDeviceRow } from './TrustedDeviceRow';
import './TrustedDevices.css';

/** The devices whose keys this person has pinned, the one seen last first. */
export function TrustedDevices() {
  const { t } = useTranslation();
  const trusted = useApp((state) => state.core.trusted);
  const id = useId();
  const sorted = [...trusted].sort((a, b) => b.lastSeenMs - a.lastSeenMs);
  return (
    <section aria-labelledby={id}>
      <Text component="h3" id={id} m={0} size="sm" fw={600}>
        {t('trust.list.title')}
      </Text>
      {sorted.length === 0 ? (
        <Empty />
      ) : (
        <>
          <Text size="xs" c="dimmed">
            {t('trust.list.hint')}
          </Text>
          <ul className="trusted-devices">
            {sorted.map((device) => (
              <TrustedDeviceRow key={device.deviceId} device={device} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Empty() {
  const { t } = useTranslation();
  return (
    <div className="trusted-devices-empty">
      <IconShieldCheck size={30} stroke={1.4} aria-hidden />
      <Text fw={600}>{t('trust.list.emptyTitle')}</Text>
      <Text size="sm" c="dimmed" maw={380}>
        {t('trust.list.emptyHelp')}
      </Text>
    </div>
  );
}
