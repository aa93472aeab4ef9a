import { Button, Menu, Text } from '@mantine/core';
import { IconChevronDown, IconFile, IconFolder, IconMessage } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFolderHint } from '../../state/useFolderHint';

interface SendMenuProps {
  name: string;
  onFiles: () => void;
  onFolder: () => void;
  onText: () => void;
}

/** What can be sent to a device. */
export function SendMenu({ name, onFiles, onFolder, onText }: SendMenuProps) {
  const { t } = useTranslation();
  const folderHint = useFolderHint();
  return (
    <Menu position="bottom-start" withinPortal>
      <Menu.Target>
        <Button
          variant="default"
          size="sm"
          rightSection={<IconChevronDown size={15} />}
          aria-label={t('home.nearby.sendTo', { name })}
        >
          {t('home.nearby.send')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconFile size={16} />} onClick={onFiles}>
          {t('home.nearby.sendFiles')}
        </Menu.Item>
        <Menu.Item leftSection={<IconFolder size={16} />} onClick={onFolder}>
          {t('home.nearby.sendFolder')}
          {folderHint === null ? null : (
            <Text size="xs" c="dimmed" maw={260}>
              {folderHint}
            </Text>
          )}
        </Menu.Item>
        <Menu.Item leftSection={<IconMessage size={16} />} onClick={onText}>
          {t('home.nearby.sendText')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
