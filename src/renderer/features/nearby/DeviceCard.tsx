import { ActionIcon, Menu, Text, Tooltip } from '@mantine/core';
import { IconFile, IconFolder, IconSend } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { NearbyDevice } from '../../../shared/contract/nearby';
import { trustMarkWords } from '../../i18n/words';
import { useApp, useModel } from '../../state/AppModelContext';
import { useFolderHint } from '../../state/useFolderHint';
import { useDeviceTrust, useTrustedName } from '../../state/deviceTrust';
import { itemsOfDrop, itemsOfInput, type ReadItems } from '../../state/localItems';
import { folderPicker } from '../../state/pickFolder';
import { liveSessionWith } from '../../state/uiState';
import { DevicePicture } from '../../ui/device/DevicePicture';
import { DropOverlay } from '../../ui/fields/DropOverlay';
import { Name } from '../../ui/device/Name';
import { PhaseDot } from '../../ui/device/PhaseDot';
import { TrustMark } from '../../ui/device/TrustMark';
import { useDropTarget } from '../../ui/fields/useDropTarget';
import { useFilePicker } from '../../ui/fields/useFilePicker';
import './DeviceCard.css';

/** A device on the network. The card connects; files dropped on it, or picked through its button, connect first. */
export function DeviceCard({ nearby }: { nearby: NearbyDevice }) {
  const { t } = useTranslation();
  const model = useModel();
  const { device, isCompatible } = nearby;
  const mark = trustMarkWords(t, useDeviceTrust(device));
  const name = useTrustedName(device.deviceId) ?? device.name;
  const ownVersion = useApp((state) => state.core.app?.device.appVersion ?? '');
  const session = useApp((state) => liveSessionWith(state.core.sessions, device.deviceId));
  const target = { kind: 'device', deviceId: device.deviceId } as const;
  const send = (read: ReadItems) =>
    void model.gather(read, (items) => {
      if (items.length > 0) model.sendTo(target, name, items);
    });
  const sendDrop = (transfer: DataTransfer) =>
    send((onFound) => itemsOfDrop(transfer, model.core.folders, onFound));
  const drop = useDropTarget(isCompatible ? sendDrop : null);
  const picker = useFilePicker(
    (files) => send((onFound) => itemsOfInput(files, onFound)),
    folderPicker(model, send),
  );
  const open = () => {
    if (session) model.show({ kind: 'session', sessionId: session.sessionId });
    else model.connect(target, name);
  };
  return (
    <li className="device-card" data-incompatible={!isCompatible || undefined} {...drop.handlers}>
      <DevicePicture deviceId={device.deviceId} size={40} />
      <div className="grow">
        <div className="marked-name">
          <Name fw={600}>{name}</Name>
          {mark ? (
            <span className="above-card-button">
              <TrustMark {...mark} />
            </span>
          ) : null}
        </div>
        <Text size="xs" c="dimmed" truncate>
          {t(`app.platform.${device.platform}`)} · {device.appVersion}
        </Text>
        <div className="device-card-state">
          {session ? (
            <>
              <PhaseDot phase={session.state.phase} />
              <span>{t(`session.state.${session.state.phase}`)}</span>
            </>
          ) : null}
          {isCompatible ? null : (
            <Tooltip
              multiline
              w={260}
              label={t('home.nearby.incompatibleHint', { theirs: device.appVersion, ours: ownVersion })}
            >
              <span tabIndex={0} className="device-card-badge">
                {t('home.nearby.incompatible')}
              </span>
            </Tooltip>
          )}
        </div>
      </div>
      {isCompatible ? (
        <>
          <button
            type="button"
            className="device-card-button"
            aria-label={t(session ? 'home.nearby.open' : 'home.nearby.connect', { name })}
            onClick={open}
          />
          <SendMenu name={name} onFiles={picker.pickFiles} onFolder={picker.pickFolder} />
          {picker.inputs}
        </>
      ) : null}
      {drop.isOver ? <DropOverlay title={t('home.nearby.dropHere')} /> : null}
    </li>
  );
}

function SendMenu(props: { name: string; onFiles: () => void; onFolder: () => void }) {
  const { t } = useTranslation();
  const folderHint = useFolderHint();
  const label = t('home.nearby.sendTo', { name: props.name });
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={label}
          title={label}
          className="above-card-button"
        >
          <IconSend size={19} stroke={1.7} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconFile size={16} />} onClick={props.onFiles}>
          {t('home.nearby.sendFiles')}
        </Menu.Item>
        <Menu.Item leftSection={<IconFolder size={16} />} onClick={props.onFolder}>
          {t('home.nearby.sendFolder')}
          {folderHint === null ? null : (
            <Text size="xs" c="dimmed" maw={260}>
              {folderHint}
            </Text>
          )}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
