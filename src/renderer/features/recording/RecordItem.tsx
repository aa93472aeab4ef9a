import { Kbd, Menu, Text } from '@mantine/core';
import { IconPlayerRecord, IconPlayerStop } from '@tabler/icons-react';
import { useApp } from '../../state/AppModelContext';
import type { SessionView } from '../../state/views';
import { useRecord } from './useRecord';

interface RecordItemProps {
  session: SessionView;
  /** The shortcut that does the same. */
  keys: readonly string[];
}

/** Asks whether this session may be recorded, or stops that; says why where it can't be. */
export function RecordItem({ session, keys }: RecordItemProps) {
  const { label, why, toggle } = useRecord(session);
  const isOwn = useApp(({ core }) => core.recordings.own?.sessionIds.includes(session.sessionId) ?? false);
  const Icon = isOwn ? IconPlayerStop : IconPlayerRecord;
  return (
    <Menu.Item
      leftSection={<Icon size={17} />}
      rightSection={<Kbd size="xs">{keys.join('+')}</Kbd>}
      disabled={why !== null}
      onClick={toggle}
    >
      {label}
      {why === null ? null : (
        <Text size="xs" maw={260}>
          {why}
        </Text>
      )}
    </Menu.Item>
  );
}
