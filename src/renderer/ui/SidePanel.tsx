import { type ReactNode, useRef } from 'react';
import { isDialogOpen } from './dialogs';
import './SidePanel.css';
import { useFocusBack } from './useFocusBack';

interface SidePanelProps {
  label: string;
  className?: string;
  onClose: () => void;
  children: ReactNode;
}

/** A panel beside the view, over it in a narrow window. Escape closes it, and the focus goes back to what opened it. */
export function SidePanel({ label, className = '', onClose, children }: SidePanelProps) {
  const panel = useRef<HTMLElement>(null);
  useFocusBack(panel);
  return (
    <aside
      ref={panel}
      className={`side-panel ${className}`}
      aria-label={label}
      onKeyDown={(event) => {
        // React passes on the keys of a dialog that was opened in here, too.
        const isWithin = event.target instanceof Node && event.currentTarget.contains(event.target);
        if (event.key === 'Escape' && !event.defaultPrevented && isWithin && !isDialogOpen()) onClose();
      }}
    >
      {children}
    </aside>
  );
}
