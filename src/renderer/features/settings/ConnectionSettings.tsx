import { Divider, Stack, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Settings, SettingsPatch } from '../../../shared/settings/settings';
import { useModel } from '../../state/AppModelContext';
import { IceServers } from './IceServers';

/** What peers beyond the network learn of this device, and which servers help to reach them. */
export function ConnectionSettings({ settings }: { settings: Settings }) {
  const { t } = useTranslation();
  const model = useModel();
  const update = (patch: SettingsPatch) =>
    void model.attempt(() => model.core.backend.request('settings:update', patch));
  return (
    <Stack gap="md">
      <Switch
        checked={settings.hideAddress}
        label={t('settings.hideAddress')}
        description={t('settings.hideAddressHint')}
        labelPosition="left"
        className="spread-switch"
        onChange={(event) => update({ hideAddress: event.currentTarget.checked })}
      />
      <Divider />
      <IceServers servers={settings.iceServers} onChange={(iceServers) => update({ iceServers })} />
    </Stack>
  );
}
