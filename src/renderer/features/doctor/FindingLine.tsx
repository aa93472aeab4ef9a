import { Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconInfoCircle } from '@tabler/icons-react';
import type { ParseKeys } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Sentence } from '../../i18n/Sentence';

const signs = {
  bad: { Icon: IconAlertTriangle, color: 'var(--mantine-color-red-text)' },
  hint: { Icon: IconInfoCircle, color: 'var(--mantine-color-yellow-text)' },
  good: { Icon: IconCircleCheck, color: 'var(--mantine-color-green-text)' },
} as const;

interface FindingLineProps {
  level: keyof typeof signs;
  what: ParseKeys;
  /** `null` where there is nothing to do. */
  todo: ParseKeys | null;
  facts: Readonly<Record<string, string | number>>;
}

/** One finding: how it stands, what it is, and what to do. */
export function FindingLine({ level, what, todo, facts }: FindingLineProps) {
  const { t } = useTranslation();
  const { Icon, color } = signs[level];
  // Facts come from the network: drawn as text, each by itself.
  const names = Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, String(value)]));
  return (
    <Group component="li" gap="sm" wrap="nowrap" align="flex-start">
      <Icon
        size={20}
        stroke={1.8}
        color={color}
        role="img"
        aria-label={t(`doctor.levels.${level}`)}
        style={{ flexShrink: 0, marginTop: 2 }}
      />
      <div className="wrap-anywhere">
        <Text>
          <Sentence k={what} names={names} />
        </Text>
        {todo === null ? null : (
          <Text size="sm" c="dimmed">
            <Sentence k={todo} names={names} />
          </Text>
        )}
      </div>
    </Group>
  );
}
