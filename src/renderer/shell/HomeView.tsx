import { VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { JoinField } from '../features/connect/JoinField';
import { ReachMe } from '../features/home/ReachMe';
import { ThisDevice } from '../features/home/ThisDevice';
import { InviteButton } from '../features/invite/InviteButton';
import { OpenInvites } from '../features/invite/OpenInvites';
import { DeviceList } from '../features/nearby/DeviceList';
import { SessionCards } from '../features/nearby/SessionCards';
import { CardTransfers } from '../features/transfers/card/CardTransfers';
import { LastTransfers } from '../features/transfers/LastTransfers';
import './HomeView.css';

/** Where the app starts: who is there, and who this device is to them. */
export function HomeView() {
  const { t } = useTranslation();
  return (
    <div className="home-frame">
      <div className="home" tabIndex={-1}>
        <VisuallyHidden component="h1" tabIndex={-1} data-landing>
          {t('app.home')}
        </VisuallyHidden>
        <div className="home-main">
          <JoinField beside={<InviteButton />} />
          <OpenInvites />
          <SessionCards transfersOf={transfersOf} />
          <DeviceList transfersOf={transfersOf} />
        </div>
        <div className="home-side">
          <ThisDevice />
          <ReachMe />
          <LastTransfers />
        </div>
      </div>
    </div>
  );
}

function transfersOf(deviceId: string): ReactNode {
  return <CardTransfers deviceId={deviceId} />;
}
