import { Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconShieldCheck } from '@tabler/icons-react';
import './TrustMark.css';

interface TrustMarkProps {
  tone: 'good' | 'bad';
  /** What the mark means: its tooltip, and what a screen reader says. */
  label: string;
  size?: number;
  /** The words stand beside it, so that it need not say them. */
  isBesideWords?: boolean;
}

/** A shield beside the name of a trusted device, a warning sign beside that of one that only has its name. */
export function TrustMark({ tone, label, size = 17, isBesideWords = false }: TrustMarkProps) {
  const Icon = tone === 'good' ? IconShieldCheck : IconAlertTriangle;
  const icon = <Icon size={size} stroke={2} aria-hidden />;
  if (isBesideWords) {
    return (
      <span className="trust-mark" data-tone={tone}>
        {icon}
      </span>
    );
  }
  return (
    <Tooltip label={label} withArrow multiline maw={280}>
      <span role="img" aria-label={label} className="trust-mark" data-tone={tone}>
        {icon}
      </span>
    </Tooltip>
  );
}
