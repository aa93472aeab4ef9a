import { VisuallyHidden } from '@mantine/core';
import './SoundMeter.css';

interface SoundMeterProps {
  /** How loud it is, from 0 to 1; moves ten times a second. */
  loudness: number;
  state: 'off' | 'silent' | 'playing';
  /** What the state means, in a sentence. */
  words: string;
  /** Shows the bar alone; the words are there for who can't see it. */
  isCompact?: boolean;
  'data-testid'?: string;
}

/** How loud a sound is, as a bar for the eye; the ear of a screen reader gets how it stands, which seldom changes. */
export function SoundMeter({ loudness, state, words, isCompact = false, ...others }: SoundMeterProps) {
  return (
    <span className="sound-meter" data-state={state} {...others}>
      <span className="sound-meter-bar" aria-hidden>
        <span
          className="sound-meter-fill"
          style={{ display: 'block', width: `${Math.round(loudness * 100)}%` }}
        />
      </span>
      {isCompact ? <VisuallyHidden>{words}</VisuallyHidden> : <span>{words}</span>}
    </span>
  );
}
