import { VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Platform } from '../../../shared/device';
import { DropOverlay } from '../fields/DropOverlay';
import type { useDropTarget } from '../fields/useDropTarget';
import { DevicePicture } from './DevicePicture';
import './DeviceTile.css';
import { PlatformIcon } from './PlatformIcon';
import { TrustMark } from './TrustMark';
import { WholeName } from './WholeName';

interface DeviceTileProps {
  /** `null` while it is not known which device it is. */
  deviceId: string | null;
  name: string;
  platform: { kind: Platform; label: string } | null;
  mark: { tone: 'good' | 'bad'; label: string } | null;
  /** How it stands, in a line. */
  state: ReactNode;
  /** Files that are dropped on it, if it takes any. */
  drop: ReturnType<typeof useDropTarget> & { label: string; isOff: boolean };
  actions: ReactNode;
  /** Nothing can be done with it now. */
  isFaint?: boolean;
  children?: ReactNode;
}

/** A device on a card: who it is, how it stands, what can be done; a list item, which takes the focus when its parts go. */
export function DeviceTile(props: DeviceTileProps) {
  const { deviceId, name, platform, mark, state, drop, actions, isFaint = false, children } = props;
  return (
    <li
      className="device-tile"
      data-testid="device-tile"
      data-faint={isFaint || undefined}
      data-takes-drops={!drop.isOff || undefined}
      tabIndex={-1}
      aria-label={name}
      {...drop.handlers}
    >
      <div className="device-tile-head">
        {deviceId === null ? null : <DevicePicture deviceId={deviceId} size={44} />}
        <div className="grow">
          <div className="device-tile-name">
            <WholeName>{name}</WholeName>
            {mark ? <TrustMark {...mark} /> : null}
          </div>
          <div className="device-tile-state">
            {platform ? (
              <>
                <PlatformIcon platform={platform.kind} size={15} />
                <VisuallyHidden component="span">{platform.label}</VisuallyHidden>
              </>
            ) : null}
            {state}
          </div>
        </div>
      </div>
      {children}
      <div className="device-tile-actions">{actions}</div>
      {drop.isOver ? <DropOverlay title={drop.label} /> : null}
    </li>
  );
}
