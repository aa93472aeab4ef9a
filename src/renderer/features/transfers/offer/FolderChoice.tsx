import { Button, Group, Text } from '@mantine/core';
import { IconFolder } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/useFormat';
import { failureWords } from '../../../i18n/words';
import { useApp, useModel } from '../../../state/AppModelContext';
import type { FolderCheck } from '../../../state/folders/useFolderCheck';
import { FolderField } from '../../../ui/fields/FolderField';
import { FileName } from '../../../ui/device/FileName';

interface FolderChoiceProps {
  dir: string;
  downloadsDir: string;
  check: FolderCheck;
  onChoose: (dir: string) => void;
}

/** Where the files of an offer go: the downloads folder, or another by the native dialog or by its path. */
export function FolderChoice({ dir, downloadsDir, check, onChoose }: FolderChoiceProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const model = useModel();
  const canChoose = useApp((state) => state.core.app?.capabilities.canChooseFolder ?? false);
  const [isTyping, setIsTyping] = useState(false);
  const change = () => {
    if (!canChoose) {
      setIsTyping(true);
      return;
    }
    void model.attempt(async () => {
      const { dir: chosen } = await model.core.backend.request('folders:choose', {});
      if (chosen !== null) onChoose(chosen);
    });
  };
  const problem = check.status === 'bad' ? failureWords(t, format, check.failure) : null;
  return (
    <div>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text size="sm" fw={600}>
          {t('transfers.offer.saveTo')}
        </Text>
        {dir !== downloadsDir ? (
          <Button
            variant="subtle"
            size="compact-sm"
            onClick={() => {
              setIsTyping(false);
              onChoose(downloadsDir);
            }}
          >
            {t('transfers.offer.keepDownloads')}
          </Button>
        ) : null}
        {isTyping ? null : (
          <Button variant="subtle" size="compact-sm" onClick={change}>
            {t('transfers.offer.change')}
          </Button>
        )}
      </Group>
      {isTyping ? (
        <FolderField
          initial={dir}
          words={{
            label: t('transfers.offer.path'),
            hint: t('transfers.offer.pathHint'),
            use: t('transfers.offer.usePath'),
          }}
          error={problem === null ? null : `${problem.title}. ${problem.help}`}
          onUse={onChoose}
        />
      ) : (
        <Group gap={8} wrap="nowrap">
          <IconFolder size={17} aria-hidden className="no-shrink" />
          <FileName size="sm">{dir}</FileName>
        </Group>
      )}
      <Text size="xs" c={problem === null ? 'dimmed' : 'var(--app-bad)'} role="status" mt={2} mih="1.55em">
        {check.status === 'good' ? t('transfers.offer.free', { size: format.bytes(check.freeBytes) }) : null}
        {problem !== null && !isTyping ? `${problem.title}. ${problem.help}` : null}
      </Text>
    </div>
  );
}
