import { Button, Group, Text } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TrustedDevice } from '../../../shared/contract/trust';
import { MAX_DEVICE_NAME } from '../../../shared/device';
import { Sentence } from '../../i18n/Sentence';
import { useFormat } from '../../i18n/useFormat';
import { useModel } from '../../state/AppModelContext';
import { DevicePicture } from '../../ui/device/DevicePicture';
import { EditableText } from '../../ui/fields/EditableText';
import { KeyText } from '../../ui/device/KeyText';
import { TipButton } from '../../ui/TipButton';
import { Permissions } from './Permissions';

/** A trusted device: what this person calls it, and, unfolded, what it may do and by which key it is known. */
export function TrustedDeviceRow({ device }: { device: TrustedDevice }) {
  const { t } = useTranslation();
  const format = useFormat();
  const model = useModel();
  const [isOpen, setIsOpen] = useState(false);
  const id = useId();
  const { deviceId, name } = device;
  const rename = (next: string) =>
    void model.attempt(() => model.core.backend.request('trust:update', { deviceId, name: next }));
  return (
    <li className="trusted-device" data-testid="trusted-device">
      <div className="trusted-device-head">
        <DevicePicture deviceId={deviceId} size={40} />
        <div className="grow">
          <EditableText
            value={name}
            maxLength={MAX_DEVICE_NAME}
            words={{
              label: t('trust.list.nameLabel'),
              edit: t('trust.list.rename', { name }),
              save: t('app.save'),
              cancel: t('app.cancel'),
              empty: t('settings.nameEmpty'),
            }}
            onSave={rename}
          />
          <Text size="xs" c="dimmed">
            {t('trust.list.lastSeen', {
              platform: t(`app.platform.${device.platform}`),
              time: format.time(device.lastSeenMs, Date.now()),
            })}
          </Text>
        </div>
        <TipButton
          label={t('trust.list.details', { name })}
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setIsOpen(!isOpen)}
        >
          <IconChevronDown size={19} className="trusted-device-chevron" />
        </TipButton>
      </div>
      <div id={id} hidden={!isOpen}>
        {isOpen ? <Details device={device} /> : null}
      </div>
    </li>
  );
}

function Details({ device }: { device: TrustedDevice }) {
  const { t } = useTranslation();
  return (
    <div className="trusted-device-more">
      <Permissions device={device} />
      <div>
        <Text size="sm" fw={600}>
          {t('trust.key.title')}
        </Text>
        <Text size="xs" c="dimmed" mb={6}>
          {t('trust.key.hint')}
        </Text>
        <KeyText
          hex={device.identityKey}
          words={{ label: t('trust.key.title'), copy: t('trust.key.copy'), copied: t('app.copied') }}
        />
      </div>
      <Revoke device={device} />
    </div>
  );
}

/** Asked once more, in place: a dialog over a dialog would hide what it is about. */
function Revoke({ device: { deviceId, name } }: { device: TrustedDevice }) {
  const { t } = useTranslation();
  const model = useModel();
  const [isAsking, setIsAsking] = useState(false);
  if (!isAsking) {
    return (
      <Group justify="flex-end">
        <Button variant="subtle" color="red" c="var(--app-bad)" size="xs" onClick={() => setIsAsking(true)}>
          {t('trust.revoke.action')}
        </Button>
      </Group>
    );
  }
  return (
    <div role="alert" className="trusted-device-revoke">
      <Text fw={600} className="wrap-anywhere">
        <Sentence k="trust.revoke.title" names={{ name }} />
      </Text>
      <Text size="sm" c="dimmed">
        {t('trust.revoke.help')}
      </Text>
      <Group gap="xs" justify="flex-end" mt="xs">
        <Button variant="default" size="xs" autoFocus onClick={() => setIsAsking(false)}>
          {t('app.cancel')}
        </Button>
        <Button
          color="red.9"
          size="xs"
          onClick={() => void model.attempt(() => model.core.backend.request('trust:revoke', { deviceId }))}
        >
          {t('trust.revoke.action')}
        </Button>
      </Group>
    </div>
  );
}
