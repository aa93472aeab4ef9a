import { Button } from '@mantine/core';
import { IconMicrophone, IconMicrophoneOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { canShowScreens, type SessionView } from '../../state/views';
import { useMicState, useMicToggle } from '../../state/voice/useVoice';
import { MUTE_KEY } from '../../state/voice/useVoiceKeys';
import { DockButton } from '../../ui/DockButton';
import { MicMenu } from './MicMenu';
import './Voice.css';

const LABELS = { off: 'voice.mic.turnOn', muted: 'voice.mic.unmute', on: 'voice.mic.mute' } as const;

/** Turns the microphone on, and mutes it; its menu has the rest. */
export function MicControl({ session, isNarrow }: { session: SessionView; isNarrow: boolean }) {
  const { t } = useTranslation();
  const state = useMicState(session);
  const toggle = useMicToggle(session);
  const isPossible = state !== 'off' || canShowScreens(session);
  const Icon = state === 'on' ? IconMicrophone : IconMicrophoneOff;
  return (
    <Button.Group className="voice-control" data-state={state}>
      <DockButton
        label={t(LABELS[state])}
        text={t(state === 'off' ? 'voice.mic.short' : LABELS[state])}
        keys={state === 'off' ? [] : [MUTE_KEY]}
        icon={<Icon size={19} stroke={1.7} />}
        variant={state === 'off' ? 'subtle' : 'light'}
        color={state === 'muted' ? 'red' : state === 'on' ? 'green' : 'gray'}
        onClick={toggle}
        {...(isPossible ? {} : ({ 'aria-disabled': true, 'data-disabled': true } as const))}
      />
      {isNarrow ? null : <MicMenu session={session} />}
    </Button.Group>
  );
}
