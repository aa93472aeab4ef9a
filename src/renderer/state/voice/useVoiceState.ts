import type { SessionView } from '../../core/types';
import { useSpeaking } from './useLevel';
import { useMicState, useUserCapture } from './useVoice';

/** How a voice stands: `off` where there is no microphone, `none` where it is on and nobody speaks. */
type VoiceStands = 'off' | 'none' | 'paused' | 'hidden' | 'speaking';

/** How the other side's voice stands. */
export function useTheirVoice({ remoteVoice }: Pick<SessionView, 'remoteVoice'>): VoiceStands {
  const isSpeaking = useSpeaking(remoteVoice?.mute === 'none' ? remoteVoice.stream : null);
  if (!remoteVoice) return 'off';
  return isSpeaking ? 'speaking' : remoteVoice.mute;
}

/** How this person's voice stands, as the other side has it. */
export function useOwnVoice(session: Pick<SessionView, 'localVoice'>): VoiceStands {
  const state = useMicState(session);
  const capture = useUserCapture('microphone');
  const isSpeaking = useSpeaking(state === 'on' ? (capture?.stream ?? null) : null);
  if (state === 'off') return 'off';
  if (state === 'muted') return 'paused';
  return isSpeaking ? 'speaking' : (capture?.mute ?? 'none');
}
