import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { FileName } from '../../../ui/device/FileName';
import { TipButton } from '../../../ui/TipButton';

interface CardLineProps {
  direction: 'send' | 'receive';
  title: string;
  /** How much there is beside it: never cut. */
  aside?: string | null;
  /** Takes it back, or puts it away where it is over. */
  close: { label: string; onClick: () => void };
  children: ReactNode;
}

/** One thing on its way, on the card of the other device. */
export function CardLine({ direction, title, aside = null, close, children }: CardLineProps) {
  const Arrow = direction === 'send' ? IconArrowUp : IconArrowDown;
  return (
    <div className="card-line" data-testid="card-line">
      <div className="card-line-head">
        <Arrow size={15} aria-hidden className="no-shrink" />
        <div className="grow">
          <FileName size="sm" fw={550} more={aside}>
            {title}
          </FileName>
        </div>
        <TipButton
          label={close.label}
          size="sm"
          onClick={(event) => {
            // The button goes with its line: the card is the nearest thing that stays.
            event.currentTarget.closest('li')?.focus();
            close.onClick();
          }}
        >
          <IconX size={15} />
        </TipButton>
      </div>
      {children}
    </div>
  );
}

/** What is said of it: good news, bad news, or neither. */
export function CardWords({ tone, children }: { tone?: 'good' | 'bad'; children: ReactNode }) {
  return (
    <div className="card-line-words" data-tone={tone} role="status">
      {children}
    </div>
  );
}
