import { Button, Menu } from '@mantine/core';
import { IconChevronUp, IconSettings, IconVideo, IconVideoOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useModel } from '../../state/AppModelContext';
import { canShowScreens, type SessionView } from '../../state/views';
import { useCameraToggle } from '../../state/voice/useVoice';
import { DockButton } from '../../ui/DockButton';
import { DeviceItems } from './DeviceItems';
import './Voice.css';

/** Turns the camera on and off; off lets go of it, so that its light goes out. */
export function CamControl({ session, isNarrow }: { session: SessionView; isNarrow: boolean }) {
  const { t } = useTranslation();
  const toggle = useCameraToggle(session);
  const isOn = session.localCamera !== null;
  const isPossible = isOn || canShowScreens(session);
  const Icon = isOn ? IconVideo : IconVideoOff;
  return (
    <Button.Group className="voice-control">
      <DockButton
        label={t(isOn ? 'voice.cam.turnOff' : 'voice.cam.turnOn')}
        text={t(isOn ? 'voice.cam.turnOff' : 'voice.cam.short')}
        icon={<Icon size={19} stroke={1.7} />}
        variant={isOn ? 'light' : 'subtle'}
        color={isOn ? 'green' : 'gray'}
        onClick={toggle}
        {...(isPossible ? {} : ({ 'aria-disabled': true, 'data-disabled': true } as const))}
      />
      {isNarrow ? null : <CamMenu />}
    </Button.Group>
  );
}

function CamMenu() {
  const { t } = useTranslation();
  const model = useModel();
  return (
    <Menu position="top-start" width={300} withinPortal>
      <Menu.Target>
        <Button variant="subtle" color="gray" className="voice-more" aria-label={t('voice.cam.more')}>
          <IconChevronUp size={14} aria-hidden />
        </Button>
      </Menu.Target>
      <Menu.Dropdown className="voice-menu">
        <DeviceItems kind="camera" />
        <Menu.Divider />
        <Menu.Item leftSection={<IconSettings size={16} />} onClick={() => model.open({ kind: 'voice' })}>
          {t('voice.devices.settings')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
