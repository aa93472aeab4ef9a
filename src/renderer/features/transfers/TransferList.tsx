import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useRef } from 'react';
import './TransferList.css';

/** Height of a row before it has been measured, in px: a title, a bar and two lines. */
const USUAL_HEIGHT = 104;

interface TransferListProps {
  label: string;
  /** Names each row, so that it keeps its measured height when others come and go. */
  keyOf: (index: number) => string;
  count: number;
  row: (index: number) => ReactNode;
}

/** Hundreds of rows of different heights, of which those in sight are drawn. */
export function TransferList({ label, count, keyOf, row }: TransferListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count,
    getItemKey: keyOf,
    getScrollElement: () => scroller.current,
    estimateSize: () => USUAL_HEIGHT,
    // Enough that Tab always finds the next row's buttons.
    overscan: 6,
  });
  return (
    <div ref={scroller} className="transfer-list" tabIndex={0} role="region" aria-label={label}>
      <div role="list" className="transfer-list-all" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((item) => (
          <div
            key={item.key}
            ref={virtualizer.measureElement}
            data-index={item.index}
            role="listitem"
            aria-setsize={count}
            aria-posinset={item.index + 1}
            className="transfer-list-row"
            style={{ transform: `translateY(${item.start}px)` }}
          >
            {row(item.index)}
          </div>
        ))}
      </div>
    </div>
  );
}
