import { Divider, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Settings, SettingsPatch } from '../../../shared/settings/settings';
import { useModel } from '../../state/AppModelContext';
import { LimitField } from './LimitField';
import { UnaskedFolder } from './UnaskedFolder';

/** Least speed limit, in MB/s, as the settings' schema has it. */
const MIN_SPEED = 0.1;

/** What trusted devices may put on the disk unasked, how fast this device sends, and what it tells of. */
export function TransferSettings({ settings }: { settings: Settings }) {
  const { t } = useTranslation();
  const model = useModel();
  const update = (patch: SettingsPatch) =>
    void model.attempt(() => model.core.backend.request('settings:update', patch));
  const { autoAcceptLimitMb, speedLimitMbs } = settings;
  return (
    <Stack gap="md">
      <LimitField
        key={`speed-${speedLimitMbs ?? ''}`}
        label={t('transfers.settings.speed')}
        hint={t('transfers.settings.speedHint')}
        bad={t('transfers.settings.speedBad', { min: MIN_SPEED })}
        unit="MB/s"
        min={MIN_SPEED}
        max={100_000}
        value={speedLimitMbs}
        onSave={(value) => update({ speedLimitMbs: value })}
      />
      <Divider />
      <div>
        <Text size="sm" fw={600} component="h3" m={0}>
          {t('transfers.settings.unasked')}
        </Text>
        <Text size="xs" c="dimmed">
          {t('transfers.settings.unaskedHint')}
        </Text>
      </div>
      <LimitField
        key={`limit-${autoAcceptLimitMb}`}
        label={t('transfers.settings.limit')}
        hint={t('transfers.settings.limitHint')}
        bad={t('transfers.settings.limitBad')}
        unit="MB"
        min={1}
        max={1e9}
        isWhole
        value={autoAcceptLimitMb === 0 ? null : autoAcceptLimitMb}
        onSave={(value) => update({ autoAcceptLimitMb: value ?? 0 })}
      />
      <UnaskedFolder settings={settings} onChange={(autoAcceptDir) => update({ autoAcceptDir })} />
    </Stack>
  );
}
