import { Menu, Text } from '@mantine/core';
import { IconFile, IconFolder } from '@tabler/icons-react';

interface SendItemsProps {
  words: { files: string; folder: string };
  /** What goes missing of a folder that is sent from here; `null` for nothing. */
  folderHint: string | null;
  onFiles: () => void;
  onFolder: () => void;
}

/** What can be picked to be sent, as items of a menu. */
export function SendItems({ words, folderHint, onFiles, onFolder }: SendItemsProps) {
  return (
    <>
      <Menu.Item leftSection={<IconFile size={17} />} onClick={onFiles}>
        {words.files}
      </Menu.Item>
      <Menu.Item leftSection={<IconFolder size={17} />} onClick={onFolder}>
        {words.folder}
        {folderHint === null ? null : (
          <Text size="xs" c="dimmed" maw={260}>
            {folderHint}
          </Text>
        )}
      </Menu.Item>
    </>
  );
}
