import { Menu } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ChosenDevice } from '../../../shared/settings/voice';
import { useApp } from '../../state/AppModelContext';
import { type DeviceKind, useDeviceChoice } from '../../state/voice/useDeviceChoice';

const LISTS = { microphone: 'microphones', camera: 'cameras', speaker: 'speakers' } as const;

/** The devices of a kind as items of a menu, what the system has first; the chosen one is marked. */
export function DeviceItems({ kind }: { kind: DeviceKind }) {
  const { t } = useTranslation();
  const devices = useApp(({ core }) => core.devices[LISTS[kind]]);
  const { chosen, choose } = useDeviceChoice(kind, devices);
  const item = (device: ChosenDevice | null, label: string) => {
    const isChosen = device?.deviceId === chosen?.deviceId;
    return (
      <Menu.Item
        key={device?.deviceId ?? ''}
        role="menuitemradio"
        aria-checked={isChosen}
        leftSection={isChosen ? <IconCheck size={16} /> : <span className="device-unchosen" />}
        onClick={() => choose(device)}
      >
        {label}
      </Menu.Item>
    );
  };
  return (
    <>
      <Menu.Label>{t(`voice.devices.${kind}`)}</Menu.Label>
      {item(null, t('voice.devices.standard'))}
      {devices.map((device) => item(device, device.label))}
      {devices.length === 0 ? <Menu.Label fw={400}>{t('voice.devices.unnamed')}</Menu.Label> : null}
    </>
  );
}
