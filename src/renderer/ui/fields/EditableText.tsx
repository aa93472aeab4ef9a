import { TextInput } from '@mantine/core';
import { IconCheck, IconPencil, IconX } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import './EditableText.css';
import { Name } from '../device/Name';
import { TipButton } from '../TipButton';

interface EditableTextProps {
  value: string;
  maxLength: number;
  words: { label: string; edit: string; save: string; cancel: string; empty: string };
  onSave: (value: string) => void;
}

/** A line of text that turns into a field: Enter saves, Escape leaves it as it was. */
export function EditableText({ value, maxLength, words, onSave }: EditableTextProps) {
  const [draft, setDraft] = useState<string | null>(null);
  /** The field was there just now: the button that stands in its place takes the focus. */
  const isBack = useRef(false);
  const close = () => {
    isBack.current = true;
    setDraft(null);
  };
  if (draft === null) {
    return (
      <div className="editable-text-row">
        <Name fw={650} size="lg">
          {value}
        </Name>
        <TipButton
          label={words.edit}
          size="md"
          ref={(button) => {
            if (isBack.current) button?.focus();
            isBack.current = false;
          }}
          onClick={() => setDraft(value)}
        >
          <IconPencil size={16} />
        </TipButton>
      </div>
    );
  }
  const isEmpty = draft.trim() === '';
  const save = () => {
    if (isEmpty) return;
    if (draft.trim() !== value) onSave(draft.trim());
    close();
  };
  return (
    <form
      className="editable-text-row"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <TextInput
        className="editable-text-field"
        aria-label={words.label}
        value={draft}
        maxLength={maxLength}
        error={isEmpty ? words.empty : null}
        autoFocus
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && !event.nativeEvent.isComposing) close();
        }}
      />
      <TipButton label={words.save} onClick={save} disabled={isEmpty}>
        <IconCheck size={18} />
      </TipButton>
      <TipButton label={words.cancel} onClick={close}>
        <IconX size={18} />
      </TipButton>
    </form>
  );
}
