import { Divider, Modal, SegmentedControl, Select, Stack, Switch, Tabs, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Language, type Settings, type SettingsPatch, Theme } from '../../../shared/settings/settings';
import { useApp, useModel } from '../../state/AppModelContext';
import { useSettings } from '../../state/selectors';
import type { SettingsTab } from '../../state/uiState';
import { useVisibility } from '../../state/visibility';
import { BeyondSettings } from './BeyondSettings';
import { ConnectionSettings } from './ConnectionSettings';
import { DownloadsFolder } from './DownloadsFolder';
import { NameField } from './NameField';
import { Notifications } from './Notifications';
import { TransferSettings } from './TransferSettings';
import { TrustedDevices } from './TrustedDevices';
import { WhoMayAsk } from './WhoMayAsk';

/** What a person can choose. Every change counts at once. */
export function SettingsDialog({ tab = 'general' }: { tab?: SettingsTab | undefined }) {
  const { t } = useTranslation();
  const model = useModel();
  const settings = useSettings();
  if (!settings) return null;
  return (
    <Modal
      opened
      onClose={() => model.open({ kind: 'none' })}
      title={t('settings.title')}
      size={580}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <Tabs defaultValue={tab} keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="general">{t('settings.tabs.general')}</Tabs.Tab>
          <Tabs.Tab value="transfers">{t('transfers.title')}</Tabs.Tab>
          <Tabs.Tab value="trust">{t('settings.tabs.trust')}</Tabs.Tab>
          <Tabs.Tab value="beyond">{t('settings.tabs.beyond')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="general">
          <Stack gap="md">
            <General settings={settings} />
            <Divider />
            <DownloadsFolder settings={settings} />
            <Divider />
            <About />
          </Stack>
        </Tabs.Panel>
        <Tabs.Panel value="transfers">
          <TransferSettings settings={settings} />
        </Tabs.Panel>
        <Tabs.Panel value="trust">
          <Stack gap="lg">
            <WhoMayAsk requests={settings.requests} />
            <Divider />
            <TrustedDevices />
          </Stack>
        </Tabs.Panel>
        <Tabs.Panel value="beyond">
          <Stack gap="md">
            <BeyondSettings settings={settings} />
            <Divider />
            <ConnectionSettings settings={settings} />
          </Stack>
        </Tabs.Panel>
      </Tabs>
    </Modal>
  );
}

function General({ settings }: { settings: Settings }) {
  const { t } = useTranslation();
  const model = useModel();
  const canKeepRunning = useApp((state) => state.core.app?.capabilities.canKeepRunning ?? false);
  const canHideWindow = useApp((state) => state.core.app?.capabilities.canHideWindow ?? false);
  const { visibility, setVisible } = useVisibility(settings);
  const update = (patch: SettingsPatch) =>
    void model.attempt(() => model.core.backend.request('settings:update', patch));
  return (
    <>
      <NameField key={settings.name} name={settings.name} onSave={(name) => update({ name })} />
      <Switch
        checked={visibility === 'visible'}
        label={t('settings.visibility')}
        description={t(visibility === 'hidden' ? 'requests.choices.hidden.hint' : 'settings.visibilityHint')}
        labelPosition="left"
        className="spread-switch"
        onChange={(event) => setVisible(event.currentTarget.checked)}
      />
      {canKeepRunning ? (
        <Switch
          checked={settings.keepRunning}
          label={t('settings.keepRunning')}
          description={t('settings.keepRunningHint')}
          labelPosition="left"
          className="spread-switch"
          onChange={(event) => update({ keepRunning: event.currentTarget.checked })}
        />
      ) : null}
      {canHideWindow ? (
        <Switch
          checked={settings.hideOwnWindow}
          label={t('settings.hideOwnWindow')}
          description={t('settings.hideOwnWindowHint')}
          labelPosition="left"
          className="spread-switch"
          onChange={(event) => update({ hideOwnWindow: event.currentTarget.checked })}
        />
      ) : null}
      <Notifications settings={settings} onChange={(notifications) => update({ notifications })} />
      <Select
        label={t('settings.language')}
        value={settings.language}
        allowDeselect={false}
        data={Language.options.map((value) => ({ value, label: t(`settings.languages.${value}`) }))}
        onChange={(value) => value !== null && update({ language: Language.parse(value) })}
      />
      <div>
        <Text size="sm" fw={600} id="settings-theme" mb={4}>
          {t('settings.theme')}
        </Text>
        <SegmentedControl
          fullWidth
          aria-labelledby="settings-theme"
          value={settings.theme}
          data={Theme.options.map((value) => ({ value, label: t(`settings.themes.${value}`) }))}
          onChange={(value) => update({ theme: Theme.parse(value) })}
        />
      </div>
    </>
  );
}

function About() {
  const { t } = useTranslation();
  const app = useApp((state) => state.core.app);
  if (!app) return null;
  return (
    <div>
      <Text size="sm" fw={600}>
        {t('settings.about')}
      </Text>
      <Text size="sm" c="dimmed">
        {t('app.name')} · {t('app.version', { version: app.device.appVersion })} ·{' '}
        {t(`settings.runtime.${app.capabilities.runtime}`)} · {t(`app.platform.${app.device.platform}`)}
      </Text>
    </div>
  );
}
