import { Divider, Group, Stack, Switch, Text, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_DEVICE_NAME } from '../../../shared/device';
import { useApp, useModel } from '../../state/AppModelContext';
import { useNearby, useSettings } from '../../state/selectors';
import { CopyLine } from '../../ui/CopyLine';
import { EditableText } from '../../ui/EditableText';
import { PlatformIcon } from '../../ui/PlatformIcon';
import { Section } from '../../ui/Section';

/** Addresses shown before "more" is asked for: one of each family fits nearly everybody. */
const SHOWN_ADDRESSES = 2;

/** Who this device is to others: its name, whether they can find it, and the address to tell them. */
export function ThisDevice() {
  const { t } = useTranslation();
  const model = useModel();
  const settings = useSettings();
  const platform = useApp((state) => state.core.app?.device.platform ?? 'other');
  if (!settings) return null;
  const isVisible = settings.nearby === true;
  const update = (patch: { name?: string; nearby?: boolean }) =>
    void model.attempt(() => model.core.backend.request('settings:update', patch));
  return (
    <Section title={t('home.you.title')} className="card">
      <Group gap="sm" wrap="nowrap" align="center">
        <PlatformIcon
          platform={platform}
          size={28}
          color="var(--mantine-color-dimmed)"
          className="no-shrink"
        />
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
            onSave={(name) => update({ name })}
          />
        </div>
      </Group>
      <Divider my="sm" />
      <Switch
        checked={isVisible}
        label={t('home.you.visible')}
        description={isVisible ? t('home.you.visibleHint') : t('home.you.hiddenHint')}
        labelPosition="left"
        className="spread-switch"
        onChange={(event) => update({ nearby: event.currentTarget.checked })}
      />
      <Divider my="sm" />
      <OwnAddresses />
    </Section>
  );
}

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
