import { IconMicrophone, IconMicrophoneOff } from '@tabler/icons-react';
import './VoiceMark.css';

/** How somebody's voice stands. */
export type VoiceState = 'off' | 'none' | 'paused' | 'hidden' | 'speaking';

interface VoiceMarkProps {
  state: VoiceState;
  /** The state in words. */
  label: string;
  /** The same words stand beside it, so it says them to nobody twice. */
  isBesideWords?: boolean;
}

/** A person's microphone, beside their name. */
export function VoiceMark({ state, label, isBesideWords = false }: VoiceMarkProps) {
  const Icon = state === 'none' || state === 'speaking' ? IconMicrophone : IconMicrophoneOff;
  return (
    <span
      className="voice-mark"
      data-state={state}
      {...(isBesideWords ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label, title: label })}
    >
      <Icon size={16} stroke={1.8} aria-hidden />
    </span>
  );
}
