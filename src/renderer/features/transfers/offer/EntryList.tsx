import { Text } from '@mantine/core';
import { IconFile, IconFolder } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ManifestEntry } from '../../../../shared/protocol/transfer';
import { useFormat } from '../../../i18n/useFormat';
import { FileName } from '../../../ui/device/FileName';
import './EntryList.css';
import { useEntryPages } from './useEntryPages';

const ROW_HEIGHT = 30;

/** Everything in an offer, however much: rows in sight are drawn, pages in sight are asked for. */
export function EntryList({ transferId, count }: { transferId: string; count: number }) {
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 10,
  });
  const rows = virtualizer.getVirtualItems();
  const entryAt = useEntryPages(transferId, rows[0]?.index ?? 0, rows.at(-1)?.index ?? 0);
  return (
    <div
      ref={scroller}
      className="entry-list"
      tabIndex={0}
      role="region"
      aria-label={t('transfers.offer.list')}
    >
      <div role="list" className="entry-list-all" style={{ height: virtualizer.getTotalSize() }}>
        {rows.map((row) => (
          <div
            key={row.key}
            role="listitem"
            aria-setsize={count}
            aria-posinset={row.index + 1}
            className="entry-list-row"
            style={{ transform: `translateY(${row.start}px)`, height: ROW_HEIGHT }}
          >
            <EntryRow entry={entryAt(row.index)} />
          </div>
        ))}
      </div>
    </div>
  );
}

function EntryRow({ entry }: { entry: ManifestEntry | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!entry) return <Text size="xs">{t('transfers.offer.loading')}</Text>;
  const isFolder = entry.kind === 'folder';
  return (
    <>
      {isFolder ? <IconFolder size={16} aria-hidden /> : <IconFile size={16} aria-hidden />}
      <div className="grow">
        <FileName size="sm">{entry.path}</FileName>
      </div>
      <Text size="xs" c="dimmed" className="numbers no-shrink">
        {isFolder ? t('transfers.offer.folder') : format.bytes(entry.sizeBytes)}
      </Text>
    </>
  );
}
