import { Button, type ButtonProps } from '@mantine/core';
import { useState } from 'react';

interface SureButtonProps extends Omit<ButtonProps, 'children'> {
  label: string;
  /** The question that takes the label's place after the first click. */
  sure: string;
  onSure: () => void;
}

/** A button for what can't be taken back: the first click asks, the second does it; leaving it takes the question back. */
export function SureButton({ label, sure, onSure, ...others }: SureButtonProps) {
  const [isAsking, setIsAsking] = useState(false);
  return (
    <Button
      {...others}
      {...(isAsking ? { color: 'red', variant: 'light' } : {})}
      onBlur={() => setIsAsking(false)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isAsking) return;
        event.stopPropagation();
        setIsAsking(false);
      }}
      onClick={() => {
        if (isAsking) onSure();
        setIsAsking(!isAsking);
      }}
    >
      <span aria-live="polite">{isAsking ? sure : label}</span>
    </Button>
  );
}
