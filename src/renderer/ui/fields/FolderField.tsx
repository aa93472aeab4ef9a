import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import './FolderField.css';

interface FolderFieldProps {
  initial: string;
  words: { label: string; hint: string; use: string };
  error: string | null;
  /** The path as typed, trimmed; whoever gets it checks it. */
  onUse: (dir: string) => void;
}

/** A folder's path, typed, for where no native dialog can be had. */
export function FolderField({ initial, words, error, onUse }: FolderFieldProps) {
  const [dir, setDir] = useState(initial);
  return (
    <form
      className="folder-field"
      onSubmit={(event) => {
        event.preventDefault();
        if (dir.trim() !== '') onUse(dir.trim());
      }}
    >
      <TextInput
        className="grow"
        label={words.label}
        description={words.hint}
        value={dir}
        error={error}
        maxLength={4096}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setDir(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" disabled={dir.trim() === ''}>
        {words.use}
      </Button>
    </form>
  );
}
