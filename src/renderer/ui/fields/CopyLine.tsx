import { IconCopy } from '@tabler/icons-react';
import { CopyButton } from './CopyButton';
import './CopyLine.css';

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
      <CopyButton text={text} labels={{ copy: copyLabel, copied: copiedLabel }}>
        <IconCopy size={16} />
      </CopyButton>
    </div>
  );
}
