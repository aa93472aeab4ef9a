import { VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ConnectByAddress } from '../features/connect/ConnectByAddress';
import { SessionList } from '../features/home/SessionList';
import { ThisDevice } from '../features/home/ThisDevice';
import { NearbyList } from '../features/nearby/NearbyList';

/** Where the app starts: who is near, and who this device is to them. */
export function HomeView() {
  const { t } = useTranslation();
  return (
    <div className="home">
      <VisuallyHidden component="h1" tabIndex={-1} data-landing>
        {t('app.home')}
      </VisuallyHidden>
      <div className="home-main">
        <SessionList />
        <NearbyList />
      </div>
      <div className="home-side">
        <ThisDevice />
        <ConnectByAddress />
      </div>
    </div>
  );
}
