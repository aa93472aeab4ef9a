import { Text } from '@mantine/core';
import { IconFileText, IconX } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat';
import { TipButton } from '../../ui/TipButton';

/** Stands above the line for a text that is too long for a message, and waits with it for Enter. Nothing where there is none. */
export function LongText({ text, onRemove }: { text: string; onRemove: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const sizeBytes = useMemo(() => new Blob([text]).size, [text]);
  return (
    <div role="status">
      {text === '' ? null : (
        <div className="long-text">
          <IconFileText size={18} stroke={1.7} aria-hidden className="no-shrink" />
          <Text size="sm" className="grow">
            {t('texts.long', { size: format.bytes(sizeBytes) })}{' '}
            <Text span inherit c="dimmed">
              {t('texts.asFile')}
            </Text>
          </Text>
          <TipButton label={t('texts.removeLong')} size="sm" onClick={onRemove}>
            <IconX size={15} />
          </TipButton>
        </div>
      )}
    </div>
  );
}
