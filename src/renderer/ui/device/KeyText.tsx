import { CopyButton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import './KeyText.css';
import { TipButton } from '../TipButton';

/** Digits a group: four is what people read and keep in mind at once. */
const GROUP = /.{1,4}/g;

interface KeyTextProps {
  hex: string;
  words: { label: string; copy: string; copied: string };
}

/** A key as people compare it: groups of four hex digits, four or eight to a line, and a button that copies it. */
export function KeyText({ hex, words }: KeyTextProps) {
  return (
    <div className="key-text">
      <code role="group" aria-label={words.label} className="key-text-groups">
        {(hex.match(GROUP) ?? []).map((group, place) => (
          <span key={place}>{group} </span>
        ))}
      </code>
      <CopyButton value={hex}>
        {({ copied, copy }) => (
          <TipButton label={copied ? words.copied : words.copy} size="md" onClick={copy}>
            {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
          </TipButton>
        )}
      </CopyButton>
    </div>
  );
}
