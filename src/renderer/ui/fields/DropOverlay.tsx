import { IconFileDownload } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import './DropOverlay.css';

/** Lies over what files are dragged across, and says what dropping them would do. */
export function DropOverlay({ title, help }: { title: ReactNode; help?: ReactNode }) {
  return (
    <div className="drop-overlay">
      <IconFileDownload size={32} stroke={1.5} aria-hidden />
      <strong>{title}</strong>
      {help === undefined ? null : <span>{help}</span>}
    </div>
  );
}
