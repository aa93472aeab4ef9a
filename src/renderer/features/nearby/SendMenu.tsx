import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconMessage } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFolderHint } from '../../state/folders/useFolderHint';
import { SendItems } from '../../ui/SendItems';

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
        <SendItems
          words={{ files: t('home.nearby.sendFiles'), folder: t('home.nearby.sendFolder') }}
          folderHint={folderHint}
          onFiles={onFiles}
          onFolder={onFolder}
        />
        <Menu.Item leftSection={<IconMessage size={17} />} onClick={onText}>
          {t('home.nearby.sendText')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
