import { CloseButton, Paper, Text } from '@mantine/core';
import { type ReactNode, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { Countdown } from './Countdown';
import { isDialogOpen } from '../dialogs';
import './Prompt.css';
import { isTyping } from '../shortcuts';
import { useFocusBack } from '../useFocusBack';

interface PromptProps {
  title: ReactNode;
  /** Told where the prompt did not take the focus: how to get to it. */
  quietHint: string;
  closeLabel: string;
  /** Escape and the close button: decides nothing. */
  onLater: () => void;
  children: ReactNode;
  /** What can be answered, always in sight at the foot of the card. */
  actions: ReactNode;
  /** When it can be answered no more, in ms since the epoch; `null` for a question that waits. */
  untilMs?: number | null;
}

/**
 * A question that came from outside, as a card that leaves the rest of the window in reach. It takes the focus, but never a
 * button: a key that was on its way decides nothing. While somebody types in a field, or a dialog is open, F6 goes to it.
 */
export function Prompt({
  title,
  quietHint,
  closeLabel,
  onLater,
  children,
  actions,
  untilMs = null,
}: PromptProps) {
  const card = useRef<HTMLDivElement>(null);
  const titleId = useId();
  const [isQuiet] = useState(() => isTyping(document.activeElement) || isDialogOpen());
  const isReady = useReady();
  useFocusBack(card);
  useLayoutEffect(() => {
    if (!isQuiet) card.current?.focus();
  }, [isQuiet]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'F6') {
        event.preventDefault();
        card.current?.focus();
      }
      if (event.key === 'Escape' && card.current?.contains(document.activeElement)) onLater();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [onLater]);
  return (
    <Paper
      ref={card}
      role="dialog"
      aria-labelledby={titleId}
      tabIndex={-1}
      shadow="xl"
      withBorder
      className="prompt"
    >
      <div className="prompt-head">
        <div className="grow">
          <h2 id={titleId} className="prompt-title">
            {title}
          </h2>
          <Countdown untilMs={untilMs} />
        </div>
        <CloseButton aria-label={closeLabel} onClick={onLater} />
      </div>
      <div className="prompt-body">
        {isQuiet ? (
          <Text size="xs" c="dimmed" mb="sm">
            {quietHint}
          </Text>
        ) : null}
        {children}
      </div>
      <div
        role="group"
        aria-disabled={!isReady}
        className="prompt-actions"
        onClickCapture={(event) => {
          if (!isReady) event.stopPropagation();
        }}
      >
        {actions}
      </div>
    </Paper>
  );
}

/** How long a new card takes no answer, in ms: a press that was on its way was meant for what stood there before. */
const UNREAD_MS = 400;

/** Whether a person can have seen by now what they answer. */
function useReady(): boolean {
  const [isReady, setIsReady] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsReady(true), UNREAD_MS);
    return () => clearTimeout(timer);
  }, []);
  return isReady;
}
