import { Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_DEVICE_NAME } from '../../../shared/device';
import { Language, type Settings } from '../../../shared/settings/settings';
import { useModel } from '../../state/AppModelContext';
import { useSettings } from '../../state/selectors';
import { Mark } from '../../ui/Mark';
import './WelcomeDialog.css';

/** Asked once, at the first start: who this device is, and whether it may be found. */
export function WelcomeDialog() {
  const settings = useSettings();
  if (!settings || settings.nearby !== null) return null;
  return <Welcome settings={settings} />;
}

function Welcome({ settings }: { settings: Settings }) {
  const { t } = useTranslation();
  const model = useModel();
  const [name, setName] = useState(settings.name);
  const isEmpty = name.trim() === '';
  const update = (patch: Parameters<typeof model.core.backend.request<'settings:update'>>[1]) =>
    void model.attempt(() => model.core.backend.request('settings:update', patch));
  const finish = (nearby: boolean) => {
    if (!isEmpty) update({ name: name.trim(), nearby });
  };
  return (
    <Modal.Root opened onClose={() => undefined} closeOnEscape={false} centered size={480}>
      <Modal.Overlay backgroundOpacity={0.5} />
      <Modal.Content>
        <Modal.Body p="xl">
          <form
            onSubmit={(event) => {
              event.preventDefault();
              finish(true);
            }}
          >
            <Stack className="welcome-parts">
              <div className="welcome-mark">
                <Mark size={52} />
              </div>
              <div>
                <Modal.Title fz={24} fw={700} lh={1.25} mb={6}>
                  {t('welcome.title')}
                </Modal.Title>
                <Text c="dimmed">{t('welcome.lead')}</Text>
              </div>
              <Group grow align="flex-start">
                <TextInput
                  label={t('welcome.name')}
                  value={name}
                  maxLength={MAX_DEVICE_NAME}
                  error={isEmpty ? t('settings.nameEmpty') : null}
                  data-autofocus
                  onChange={(event) => setName(event.currentTarget.value)}
                />
                <Select
                  label={t('welcome.language')}
                  value={settings.language}
                  allowDeselect={false}
                  data={Language.options.map((value) => ({ value, label: t(`settings.languages.${value}`) }))}
                  onChange={(value) => value && update({ language: Language.parse(value) })}
                />
              </Group>
              <Text size="sm">{t('welcome.permission')}</Text>
              <Stack gap={6} className="welcome-answers">
                <Stack gap={6} className="welcome-buttons">
                  <Button type="submit" size="md">
                    {t('welcome.turnOn')}
                  </Button>
                  <Button variant="subtle" color="gray" onClick={() => finish(false)}>
                    {t('welcome.notNow')}
                  </Button>
                </Stack>
                <Text size="xs" c="dimmed" ta="center">
                  {t('welcome.notNowHint')}
                </Text>
              </Stack>
            </Stack>
          </form>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
