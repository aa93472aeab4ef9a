import { Group, Text, ThemeIcon } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconDots } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Format } from '../../i18n/format';
import { useFormat } from '../../i18n/useFormat';
import type { StatsVerdict } from '../../state/views';

const SIGNS = {
  good: { color: 'teal', Icon: IconCheck },
  bad: { color: 'yellow', Icon: IconAlertTriangle },
  none: { color: 'gray', Icon: IconDots },
} as const;

/** What the figures mean, in one line. */
export function VerdictLine({ verdict }: { verdict: StatsVerdict }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { color, Icon } = SIGNS[levelOf(verdict)];
  return (
    <Group gap="sm" wrap="nowrap" role="status" data-testid="stats-verdict">
      <ThemeIcon color={color} variant="light" radius="xl" aria-hidden>
        <Icon size={17} />
      </ThemeIcon>
      <Text fw={600}>{wordsOf(t, format, verdict)}</Text>
    </Group>
  );
}

function levelOf({ code }: StatsVerdict): keyof typeof SIGNS {
  if (code === 'well' || code === 'still') return 'good';
  return code === 'unknown' ? 'none' : 'bad';
}

function wordsOf(t: TFunction, format: Format, verdict: StatsVerdict): string {
  switch (verdict.code) {
    case 'network':
      return t('stats.verdict.network', { rate: format.bitrate(verdict.bitsPerSecond) });
    case 'loss':
      return t('stats.verdict.loss', { lost: format.finePercent(verdict.fraction) });
    case 'freezes':
    case 'decoder':
    case 'far':
      return t(`stats.verdict.${verdict.code}`, { duration: format.milliseconds(verdict.ms) });
    default:
      return t(`stats.verdict.${verdict.code}`);
  }
}
