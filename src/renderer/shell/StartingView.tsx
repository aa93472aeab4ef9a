import { Skeleton, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** The outline of the home view, for the moment before the backend has answered. */
export function StartingView() {
  const { t } = useTranslation();
  return (
    <div className="home" role="status">
      <VisuallyHidden component="h1">{t('app.starting')}</VisuallyHidden>
      <div className="home-main">
        <Skeleton height={20} width={120} />
        <Skeleton height={92} radius="lg" />
        <Skeleton height={92} radius="lg" />
      </div>
      <div className="home-side">
        <Skeleton height={230} radius="lg" />
        <Skeleton height={160} radius="lg" />
      </div>
    </div>
  );
}
