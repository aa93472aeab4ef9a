import { Modal, Paper, Text } from '@mantine/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import './Prompt.css';
import { isTyping } from './shortcuts';

interface PromptProps {
  title: ReactNode;
  /** Name of the region, for screen readers. */
  label: string;
  /** Told once where the prompt could not take the focus: how to get to it. */
  quietHint: string;
  closeLabel: string;
  /** Escape and the close button: decides nothing. */
  onLater: () => void;
  children: ReactNode;
}

/**
 * A question that came from outside. It takes the focus, but never a button: a key that was on its way decides
 * nothing. While somebody types in a field, it shows up at the side instead and F6 goes to it.
 */
export function Prompt(props: PromptProps) {
  // Decided once, when the prompt appears: a prompt that jumps while it is read would be worse than either form.
  const [isQuiet] = useState(() => isTyping(document.activeElement));
  return isQuiet ? <QuietPrompt {...props} /> : <ModalPrompt {...props} />;
}

function ModalPrompt({ title, closeLabel, onLater, children }: PromptProps) {
  return (
    <Modal
      opened
      onClose={onLater}
      title={title}
      centered
      size={520}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': closeLabel }}
      zIndex={250}
      classNames={{ title: 'prompt-title' }}
    >
      <div tabIndex={-1} data-autofocus className="prompt-focus-holder">
        {children}
      </div>
    </Modal>
  );
}

function QuietPrompt({ title, label, quietHint, onLater, children }: PromptProps) {
  const paper = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'F6') {
        event.preventDefault();
        paper.current?.focus();
      }
      if (event.key === 'Escape' && paper.current?.contains(document.activeElement)) onLater();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [onLater]);
  return (
    <Paper
      ref={paper}
      role="dialog"
      aria-label={label}
      tabIndex={-1}
      shadow="xl"
      withBorder
      className="prompt-quiet"
    >
      <h2 className="prompt-title">{title}</h2>
      <Text size="xs" c="dimmed" mb="sm">
        {quietHint}
      </Text>
      {children}
    </Paper>
  );
}
