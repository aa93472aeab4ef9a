import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/errors';
import { useFormat } from '../../i18n/useFormat';
import { failureWords } from '../../i18n/words';

/** Why a transfer ended, and what to do now. */
export function TransferFailure({ failure }: { failure: Failure }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = failureWords(t, format, failure);
  return (
    <div className="wrap-anywhere">
      <Text size="xs" mt={2} fw={600} c="var(--app-bad)">
        {words.title}
      </Text>
      <Text size="xs">{words.help}</Text>
      {words.facts.map(({ label, value }) => (
        <Text key={label} size="xs" c="dimmed">
          {label}: <bdi>{value}</bdi>
        </Text>
      ))}
    </div>
  );
}
