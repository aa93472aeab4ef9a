import { Button, Group, Radio, Stack } from '@mantine/core';
import { IconFolder } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../../shared/settings/settings';
import { useFormat } from '../../i18n/useFormat';
import { failureWords } from '../../i18n/words';
import { useApp, useModel } from '../../state/AppModelContext';
import { useFolderCheck } from '../../state/folders/useFolderCheck';
import { FolderField } from '../../ui/fields/FolderField';
import { FileName } from '../../ui/device/FileName';

interface UnaskedFolderProps {
  settings: Settings;
  onChange: (dir: string | null) => void;
}

/** Where files of devices that may send unasked go: with all others, or to a folder of their own. */
export function UnaskedFolder({ settings, onChange }: UnaskedFolderProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const model = useModel();
  const { autoAcceptDir, downloadsDir } = settings;
  const canChoose = useApp((state) => state.core.app?.capabilities.canChooseFolder ?? false);
  const [isOwn, setIsOwn] = useState(autoAcceptDir !== null);
  const { result, check } = useFolderCheck(autoAcceptDir);
  const keep = async (dir: string) => {
    if ((await check(dir)).status === 'good') onChange(dir);
  };
  const choose = () =>
    void model.attempt(async () => {
      const { dir } = await model.core.backend.request('folders:choose', {});
      if (dir !== null) await keep(dir);
    });
  const problem = result.status === 'bad' ? failureWords(t, format, result.failure) : null;
  return (
    <Radio.Group
      label={t('transfers.settings.dir')}
      value={isOwn ? 'own' : 'downloads'}
      error={problem === null || !canChoose ? null : `${problem.title}. ${problem.help}`}
      onChange={(value) => {
        setIsOwn(value === 'own');
        if (value !== 'own') onChange(null);
      }}
    >
      <Stack gap={8} mt={6}>
        <Radio value="downloads" label={t('transfers.settings.dirDownloads')} />
        <Radio value="own" label={t('transfers.settings.dirOwn')} />
        {isOwn && canChoose ? (
          <Group wrap="nowrap" gap="sm" pl={28}>
            <IconFolder size={18} aria-hidden className="no-shrink" />
            <div className="grow">
              <FileName size="sm">{autoAcceptDir ?? downloadsDir}</FileName>
            </div>
            <Button variant="default" size="xs" onClick={choose}>
              {t('settings.chooseFolder')}
            </Button>
          </Group>
        ) : null}
        {isOwn && !canChoose ? (
          <FolderField
            key={autoAcceptDir}
            initial={autoAcceptDir ?? downloadsDir}
            words={{
              label: t('transfers.offer.path'),
              hint: t('transfers.offer.pathHint'),
              use: t('settings.useFolder'),
            }}
            error={problem === null ? null : `${problem.title}. ${problem.help}`}
            onUse={(dir) => void keep(dir)}
          />
        ) : null}
      </Stack>
    </Radio.Group>
  );
}
