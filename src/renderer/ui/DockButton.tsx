import { Button, type ButtonProps, Tooltip } from '@mantine/core';
import { IconChevronUp } from '@tabler/icons-react';
import type { ComponentPropsWithRef, ReactNode } from 'react';
import './DockButton.css';
import { TipLabel } from './TipButton';

interface DockButtonProps
  extends ButtonProps, Omit<ComponentPropsWithRef<'button'>, keyof ButtonProps | 'children'> {
  /** What it does: its name, its tooltip, and, where there is room, its words. */
  label: string;
  /** The words where they are shorter than the name, which has to begin with them. */
  text?: string;
  icon: ReactNode;
  keys?: readonly string[];
  /** It opens or closes something. */
  isPressed?: boolean;
  /** Something behind it is new. */
  isMarked?: boolean;
  hasMenu?: boolean;
}

/** A button of the dock: icon and words, in a narrow window the icon alone. */
export function DockButton(props: DockButtonProps) {
  const {
    label,
    text = label,
    icon,
    keys,
    isPressed,
    isMarked = false,
    hasMenu = false,
    className,
    ...others
  } = props;
  return (
    <Tooltip label={<TipLabel label={label} keys={keys} />} openDelay={400} withArrow>
      <Button
        color="gray"
        variant={isPressed === true ? 'light' : 'subtle'}
        {...others}
        className={`dock-button ${className ?? ''}`}
        aria-label={label}
        {...(isPressed === undefined ? {} : { 'aria-expanded': isPressed })}
      >
        <span className="dock-icon" aria-hidden>
          {icon}
          {isMarked ? <span className="dock-mark" /> : null}
        </span>
        <span className="dock-words">{text}</span>
        {hasMenu ? <IconChevronUp size={14} aria-hidden className="dock-chevron" /> : null}
      </Button>
    </Tooltip>
  );
}
