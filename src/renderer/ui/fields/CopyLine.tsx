import { CopyButton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import './CopyLine.css';
import { TipButton } from '../TipButton';

/** A text to pass on, such as an address, with a button that copies it. */
export function CopyLine({
  text,
  copyLabel,
  copiedLabel,
}: {
  text: string;
  copyLabel: string;
  copiedLabel: string;
}) {
  return (
    <div className="copy-line">
      <code className="copy-line-text" title={text}>
        {text}
      </code>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <TipButton label={copied ? copiedLabel : copyLabel} size="md" onClick={copy}>
            {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
          </TipButton>
        )}
      </CopyButton>
    </div>
  );
}
