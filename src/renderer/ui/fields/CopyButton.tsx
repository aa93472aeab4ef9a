import { CopyButton as Copying } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { TipButton } from '../TipButton';

interface CopyButtonProps {
  text: string;
  labels: { copy: string; copied: string };
  children: ReactNode;
}

/** An icon that copies a text, and says so for a moment. */
export function CopyButton({ text, labels, children }: CopyButtonProps) {
  return (
    <Copying value={text}>
      {({ copied, copy }) => (
        <TipButton label={copied ? labels.copied : labels.copy} size="md" onClick={copy}>
          {copied ? <IconCheck size={16} /> : children}
        </TipButton>
      )}
    </Copying>
  );
}
