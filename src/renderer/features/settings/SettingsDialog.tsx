import { Divider, Modal, SegmentedControl, Select, Stack, Switch, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Language, type Settings, type SettingsPatch, Theme } from '../../../shared/settings/settings';
import { useApp, useModel } from '../../state/AppModelContext';
import { useSettings } from '../../state/selectors';
import { DownloadsFolder } from './DownloadsFolder';
import { NameField } from './NameField';

/** What a person can choose. Every change counts at once. */
export function SettingsDialog() {
  const { t } = useTranslation();
  const model = useModel();
  const settings = useSettings();
  if (!settings) return null;
  return (
    <Modal
      opened
      onClose={() => model.open({ kind: 'none' })}
      title={t('settings.title')}
      size={520}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <Stack gap="md">
        <General settings={settings} />
        <Divider />
        <DownloadsFolder settings={settings} />
        <Divider />
        <About />
      </Stack>
    </Modal>
  );
}

function General({ settings }: { settings: Settings }) {
  const { t } = useTranslation();
  const model = useModel();
  const update = (patch: SettingsPatch) =>
    void model.attempt(() => model.core.backend.request('settings:update', patch));
  return (
    <>
      <NameField key={settings.name} name={settings.name} onSave={(name) => update({ name })} />
      <Switch
        checked={settings.nearby === true}
        label={t('settings.visibility')}
        description={t('settings.visibilityHint')}
        labelPosition="left"
        className="spread-switch"
        onChange={(event) => update({ nearby: event.currentTarget.checked })}
      />
      <Select
        label={t('settings.language')}
        value={settings.language}
        allowDeselect={false}
        data={Language.options.map((value) => ({ value, label: t(`settings.languages.${value}`) }))}
        onChange={(value) => value !== null && update({ language: Language.parse(value) })}
      />
      <div>
        <Text size="sm" fw={500} id="settings-theme" mb={4}>
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
