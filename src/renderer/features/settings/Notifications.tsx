import { Switch } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../../shared/settings/settings';
import { useApp } from '../../state/AppModelContext';
import { askBrowser, isAllowedByBrowser } from '../../state/news/notifySystem';

interface NotificationsProps {
  settings: Settings;
  onChange: (isOn: boolean) => void;
}

/** Notifications on or off; in a browser, turning them on is what asks for the browser's permission. */
export function Notifications({ settings, onChange }: NotificationsProps) {
  const { t } = useTranslation();
  const canNotify = useApp((state) => state.core.app?.capabilities.canNotify ?? false);
  const [isAllowed, setIsAllowed] = useState(isAllowedByBrowser);
  const [isBlocked, setIsBlocked] = useState(false);
  const turn = async (isOn: boolean) => {
    if (isOn && !canNotify) {
      const isGiven = await askBrowser();
      setIsAllowed(isGiven);
      setIsBlocked(!isGiven);
      if (!isGiven) return;
    }
    onChange(isOn);
  };
  return (
    <Switch
      checked={settings.notifications && (canNotify || isAllowed)}
      label={t('transfers.settings.notifications')}
      description={t('transfers.settings.notificationsHint')}
      error={isBlocked ? t('transfers.settings.notificationsBlocked') : null}
      labelPosition="left"
      className="spread-switch"
      onChange={(event) => void turn(event.currentTarget.checked)}
    />
  );
}
