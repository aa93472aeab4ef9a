import { Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

interface LimitFieldProps {
  label: string;
  hint: string;
  /** What is wrong with a number that is out of bounds, or none at all. */
  bad: string;
  unit: string;
  min: number;
  max: number;
  isWhole?: boolean;
  /** `null` = no limit, an empty field. */
  value: number | null;
  onSave: (value: number | null) => void;
}

/** A number that may be left out. It counts when the field is left, or with Enter. */
export function LimitField(props: LimitFieldProps) {
  const { label, hint, bad, unit, min, max, isWhole = false, value, onSave } = props;
  const { t } = useTranslation();
  const [draft, setDraft] = useState(value === null ? '' : String(value));
  const typed = draft.trim().replace(',', '.');
  const number = Number(typed);
  const isGood = typed === '' || (number >= min && number <= max && (!isWhole || Number.isInteger(number)));
  const save = () => {
    const next = typed === '' ? null : number;
    if (isGood && next !== value) onSave(next);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <TextInput
        label={label}
        description={hint}
        placeholder={t('transfers.settings.noLimit')}
        inputMode="decimal"
        maxLength={12}
        styles={{ wrapper: { maxWidth: 280 } }}
        rightSectionWidth={56}
        rightSection={
          <Text size="xs" c="dimmed">
            {unit}
          </Text>
        }
        value={draft}
        error={isGood ? null : bad}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onBlur={save}
      />
    </form>
  );
}
