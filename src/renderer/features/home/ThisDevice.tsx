import { Divider, Group, Stack, Switch, Text, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_DEVICE_NAME } from '../../../shared/device';
import type { Settings } from '../../../shared/settings/settings';
import { useApp, useModel } from '../../state/AppModelContext';
import { useNearby, useSettings } from '../../state/selectors';
import { useVisibility } from '../../state/visibility';
import { CopyLine } from '../../ui/fields/CopyLine';
import { DevicePicture } from '../../ui/device/DevicePicture';
import { EditableText } from '../../ui/fields/EditableText';
import { Section } from '../../ui/Section';
import { OwnKey } from './OwnKey';

/** Addresses shown before "more" is asked for: one of each family fits nearly everybody. */
const SHOWN_ADDRESSES = 2;

/** Who this device is to others: its name, whether they can find it, and the address to tell them. */
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
      <Group gap="sm" wrap="nowrap" align="center">
        <DevicePicture deviceId={device?.deviceId ?? ''} size={44} />
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
      <Divider my="sm" />
      <VisibilitySwitch settings={settings} />
      <Divider my="sm" />
      <OwnAddresses />
      <Divider my="sm" />
      <OwnKey />
    </Section>
  );
}

function VisibilitySwitch({ settings }: { settings: Settings }) {
  const { t } = useTranslation();
  const { visibility, setVisible } = useVisibility(settings);
  return (
    <Switch
      checked={visibility === 'visible'}
      label={t('home.you.visible')}
      description={t(visibilityHints[visibility])}
      labelPosition="left"
      className="spread-switch"
      onChange={(event) => setVisible(event.currentTarget.checked)}
    />
  );
}

const visibilityHints = {
  visible: 'home.you.visibleHint',
  hidden: 'requests.choices.hidden.hint',
  off: 'home.you.hiddenHint',
} as const;

function OwnAddresses() {
  const { t } = useTranslation();
  const addresses = useNearby()?.ownAddresses ?? [];
  const [isWhole, setIsWhole] = useState(false);
  const shown = isWhole ? addresses : addresses.slice(0, SHOWN_ADDRESSES);
  const hiddenCount = addresses.length - shown.length;
  return (
    <Stack gap={2}>
      <Text size="sm" fw={550}>
        {t('home.you.addresses')}
      </Text>
      {addresses.length === 0 ? (
        <Text size="xs" c="dimmed">
          {t('home.you.noAddress')}
        </Text>
      ) : null}
      {shown.map((address) => (
        <CopyLine
          key={address}
          text={address}
          copyLabel={t('app.copy', { text: address })}
          copiedLabel={t('app.copied')}
        />
      ))}
      {hiddenCount > 0 ? (
        <UnstyledButton className="text-button" onClick={() => setIsWhole(true)}>
          {t('home.you.more', { count: hiddenCount })}
        </UnstyledButton>
      ) : null}
    </Stack>
  );
}
