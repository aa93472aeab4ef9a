import { Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { MAX_DEVICE_NAME } from '../../../shared/device';
import { useApp, useModel } from '../../state/AppModelContext';
import { useSettings } from '../../state/selectors';
import { DevicePicture } from '../../ui/device/DevicePicture';
import { EditableText } from '../../ui/fields/EditableText';
import { Section } from '../../ui/Section';
import { Visibility } from './Visibility';

/** Who this device is to others: its name, and whether they can find and ask it. */
export function ThisDevice() {
  const { t } = useTranslation();
  const model = useModel();
  const settings = useSettings();
  const device = useApp((state) => state.core.app?.device);
  if (!settings) return null;
  const rename = (name: string) =>
    void model.attempt(() => model.core.backend.request('settings:update', { name }));
  return (
    <Section title={t('home.you.title')} className="card">
      <Group gap="sm" wrap="nowrap" align="center" mb="sm">
        <DevicePicture deviceId={device?.deviceId ?? ''} size={40} />
        <div className="grow">
          <EditableText
            value={settings.name}
            maxLength={MAX_DEVICE_NAME}
            words={{
              label: t('home.you.nameLabel'),
              edit: t('home.you.rename'),
              save: t('app.save'),
              cancel: t('app.cancel'),
              empty: t('settings.nameEmpty'),
            }}
            onSave={rename}
          />
        </div>
      </Group>
      <Visibility settings={settings} />
    </Section>
  );
}
