import { Text } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { StillTransfer } from '../../state/selectors';
import { Sentence } from '../../i18n/Sentence';
import { DevicePicture } from '../../ui/device/DevicePicture';
import { FileName } from '../../ui/device/FileName';
import './TransferRow.css';

interface TransferFrameProps {
  transfer: StillTransfer;
  title: { first: string; more: string | null };
  testId: string;
  actions: ReactNode;
  children: ReactNode;
}

/** What every row of a transfer has: its direction, its name and whom it is with, beside what can be done about it. */
export function TransferFrame({ transfer, title, testId, actions, children }: TransferFrameProps) {
  const { direction, peerId, peerName, phase } = transfer;
  const isSend = direction === 'send';
  return (
    <div className="transfer-row" data-testid={testId} data-phase={phase}>
      <span className="transfer-row-direction" data-direction={direction}>
        {isSend ? <IconArrowUp size={17} aria-hidden /> : <IconArrowDown size={17} aria-hidden />}
      </span>
      <div className="grow">
        <div className="transfer-row-head">
          <div className="grow">
            <FileName fw={600} more={title.more}>
              {title.first}
            </FileName>
            <Text size="xs" c="dimmed" truncate title={peerName}>
              {peerId === null ? null : (
                <span className="transfer-row-peer">
                  <DevicePicture deviceId={peerId} size={14} />
                </span>
              )}
              <Sentence k={isSend ? 'transfers.send' : 'transfers.receive'} names={{ name: peerName }} />
            </Text>
          </div>
          {actions}
        </div>
        {children}
      </div>
    </div>
  );
}
