import { Button, Group, Text } from '@mantine/core';
import { IconFolder } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../../shared/settings/settings';
import { useFormat } from '../../i18n/useFormat';
import { failureWords } from '../../i18n/words';
import { useApp, useModel } from '../../state/AppModelContext';
import { useFolderCheck } from '../../state/folders/useFolderCheck';
import { FolderField } from '../../ui/fields/FolderField';
import { FileName } from '../../ui/device/FileName';

/** The folder that accepted files go to; another one is checked before it is kept. */
export function DownloadsFolder({ settings }: { settings: Settings }) {
  const { t } = useTranslation();
  const format = useFormat();
  const model = useModel();
  const canChoose = useApp((state) => state.core.app?.capabilities.canChooseFolder ?? false);
  const { result, check } = useFolderCheck(settings.downloadsDir);
  const keep = async (dir: string) => {
    const answer = await check(dir);
    if (answer.status !== 'good') return;
    await model.attempt(() => model.core.backend.request('settings:update', { downloadsDir: dir }));
  };
  const choose = () =>
    void model.attempt(async () => {
      const { dir } = await model.core.backend.request('folders:choose', {});
      if (dir !== null) await keep(dir);
    });
  const problem = result.status === 'bad' ? failureWords(t, format, result.failure) : null;
  const problemText = problem === null ? null : `${problem.title}. ${problem.help}`;
  return (
    <div>
      {canChoose ? (
        <>
          <Text size="sm" fw={600}>
            {t('settings.downloads')}
          </Text>
          <Text size="xs" c="dimmed" mb={6}>
            {t('settings.downloadsHint')}
          </Text>
          <Group wrap="nowrap" gap="sm">
            <IconFolder size={18} aria-hidden className="no-shrink" />
            <div className="grow">
              <FileName size="sm">{settings.downloadsDir}</FileName>
            </div>
            <Button variant="default" size="xs" onClick={choose}>
              {t('settings.chooseFolder')}
            </Button>
          </Group>
        </>
      ) : (
        <FolderField
          key={settings.downloadsDir}
          initial={settings.downloadsDir}
          words={{
            label: t('settings.downloads'),
            hint: t('settings.downloadsHint'),
            use: t('settings.useFolder'),
          }}
          error={problemText}
          onUse={(dir) => void keep(dir)}
        />
      )}
      <Text size="xs" c={problem ? 'var(--app-bad)' : 'dimmed'} mt={4} role="status">
        {result.status === 'good' ? t('settings.folderFree', { size: format.bytes(result.freeBytes) }) : null}
        {canChoose ? problemText : null}
      </Text>
    </div>
  );
}
