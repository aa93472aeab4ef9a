import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat';
import { trustMarkWords } from '../../i18n/words';
import { useApp, useModel } from '../../state/AppModelContext';
import { useDeviceTrust } from '../../state/deviceTrust';
import { DeviceTile } from '../../ui/device/DeviceTile';
import { StateDot } from '../../ui/device/StateDot';
import type { CardDevice } from './cardDevices';
import { useSendTo } from './useSendTo';

interface DeviceCardProps {
  card: CardDevice;
  /** What is on its way between the two. */
  transfers: ReactNode;
}

/** A device without a session: connects, or sends it something, which needs none on screen. */
export function DeviceCard({ card, transfers }: DeviceCardProps) {
  const { t } = useTranslation();
  const model = useModel();
  const { deviceId, name, platform, presence } = card;
  const canConnect = presence === 'online' || presence === 'reachable';
  const mark = trustMarkWords(t, useDeviceTrust(card));
  const { drop, button } = useSendTo(canConnect ? deviceId : null, name);
  return (
    <DeviceTile
      deviceId={deviceId}
      name={name}
      platform={platform && { kind: platform, label: t(`app.platform.${platform}`) }}
      mark={mark}
      state={<Presence card={card} />}
      drop={drop}
      isFaint={!canConnect}
      actions={
        <>
          {canConnect ? (
            <Button
              size="sm"
              aria-label={t('home.nearby.connect', { name })}
              onClick={() => model.connect({ kind: 'device', deviceId }, name)}
            >
              {t('home.nearby.connectShort')}
            </Button>
          ) : null}
          {button}
          {presence === 'away' && card.lastSeenMs !== null ? (
            <Button
              size="sm"
              variant="default"
              aria-label={t('home.nearby.settingsOf', { name })}
              onClick={() => model.open({ kind: 'settings', tab: 'trust' })}
            >
              {t('app.settings')}
            </Button>
          ) : null}
        </>
      }
    >
      {transfers}
    </DeviceTile>
  );
}

/** Online, away, or too different to talk to. */
function Presence({ card: { presence, lastSeenMs, appVersion } }: { card: CardDevice }) {
  const { t } = useTranslation();
  const format = useFormat();
  const ours = useApp((state) => state.core.app?.device.appVersion ?? '');
  switch (presence) {
    case 'online':
      return (
        <>
          <StateDot tone="good" />
          {t('home.nearby.online')}
        </>
      );
    case 'reachable':
      return (
        <>
          <StateDot tone="good" />
          {t('home.nearby.reachable')}
        </>
      );
    case 'incompatible':
      return <span>{t('home.nearby.incompatible', { theirs: appVersion ?? '', ours })}</span>;
    case 'away':
      return (
        <>
          <StateDot tone="idle" />
          {lastSeenMs === null
            ? t('home.nearby.away')
            : t('home.nearby.lastSeen', { time: format.time(lastSeenMs, Date.now()) })}
        </>
      );
  }
}
