import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_DEVICE_NAME } from '../../../shared/device';

/** The device's name; kept when the field is left or Enter is pressed. */
export function NameField({ name, onSave }: { name: string; onSave: (name: string) => void }) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(name);
  const isEmpty = draft.trim() === '';
  const save = () => {
    if (!isEmpty && draft.trim() !== name) onSave(draft.trim());
  };
  return (
    <TextInput
      label={t('settings.name')}
      description={t('settings.nameHint')}
      value={draft}
      maxLength={MAX_DEVICE_NAME}
      error={isEmpty ? t('settings.nameEmpty') : null}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !event.nativeEvent.isComposing) save();
      }}
    />
  );
}
