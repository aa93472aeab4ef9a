import { Stack, Switch, Text } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { TrustedDevice, TrustPermissions } from '../../../shared/contract/trust';
import { useApp, useModel } from '../../state/AppModelContext';

const kinds = ['connect', 'sendFiles', 'viewScreen'] as const satisfies (keyof TrustPermissions)[];

/** What a trusted device may do without a question; each is off, that is asked, until somebody turns it on. */
export function Permissions({ device: { deviceId, permissions } }: { device: TrustedDevice }) {
  const { t } = useTranslation();
  const model = useModel();
  const id = useId();
  // Elsewhere the browser asks what to share, whoever it is for.
  const canShareUnasked = useApp((state) => state.core.app?.capabilities.hasSourcePicker ?? false);
  const set = (kind: keyof TrustPermissions, isAllowed: boolean) =>
    void model.attempt(() =>
      model.core.backend.request('trust:update', {
        deviceId,
        permissions: { ...permissions, [kind]: isAllowed ? 'allow' : 'ask' },
      }),
    );
  return (
    <div role="group" aria-labelledby={id}>
      <Text size="sm" fw={600} id={id} mb={6}>
        {t('trust.permissions.title')}
      </Text>
      <Stack gap="xs">
        {kinds
          .filter((kind) => kind !== 'viewScreen' || canShareUnasked)
          .map((kind) => (
            <Switch
              key={kind}
              checked={permissions[kind] === 'allow'}
              label={t(`trust.permissions.${kind}`)}
              description={t(`trust.permissions.${kind}Hint`)}
              labelPosition="left"
              className="spread-switch"
              onChange={(event) => set(kind, event.currentTarget.checked)}
            />
          ))}
      </Stack>
    </div>
  );
}
