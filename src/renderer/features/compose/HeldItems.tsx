import { Text } from '@mantine/core';
import { IconFile, IconFolder, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat';
import type { LocalItem } from '../../state/views';
import { FileName } from '../../ui/device/FileName';
import { TipButton } from '../../ui/TipButton';
import { useObjectUrl } from '../../ui/useObjectUrl';

/** Shown one by one; a paste may have thousands. */
const MAX_SHOWN = 4;
/** What a browser shows as a picture, whatever a page hands it. */
const PICTURE = /^image\/(png|jpeg|webp|gif|bmp|avif)$/;

interface HeldItemsProps {
  items: readonly LocalItem[];
  onChange: (items: readonly LocalItem[]) => void;
}

/** Pasted files that wait with the line for Enter, pictures as what they show. */
export function HeldItems({ items, onChange }: HeldItemsProps) {
  const { t } = useTranslation();
  const moreCount = items.length - MAX_SHOWN;
  return (
    <div role="status">
      {items.slice(0, MAX_SHOWN).map((item) => (
        <div key={item.path} className="held-item">
          <Sign item={item} />
          <div className="grow">
            <FileName size="sm">{item.path}</FileName>
            <Size item={item} />
          </div>
          <TipButton
            label={t('texts.removeHeld', { name: item.path })}
            size="sm"
            onClick={() => onChange(items.filter((each) => each !== item))}
          >
            <IconX size={15} />
          </TipButton>
        </div>
      ))}
      {moreCount > 0 ? (
        <Text size="xs" c="dimmed" mb={6}>
          {t('texts.moreHeld', { count: moreCount })}
        </Text>
      ) : null}
    </div>
  );
}

function Size({ item }: { item: LocalItem }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Text size="xs" c="dimmed">
      {item.kind === 'file' ? `${format.bytes(item.sizeBytes)} · ` : null}
      {t('texts.held')}
    </Text>
  );
}

function Sign({ item }: { item: LocalItem }) {
  const isPicture = item.kind === 'file' && PICTURE.test(item.file.type);
  const url = useObjectUrl(isPicture ? item.file : null);
  if (url !== null) return <img src={url} alt="" className="held-item-picture" />;
  const Icon = item.kind === 'folder' ? IconFolder : IconFile;
  return <Icon size={20} stroke={1.6} aria-hidden className="no-shrink" />;
}
