import { useCallback } from 'react';
import type { UserSource } from '../../core/media/user/UserSource';
import type { CaptureView, SessionView } from '../../core/types';
import { useApp, useModel } from '../AppModelContext';
import { canShowScreens } from '../views';

/** The microphone or camera that is captured now, whoever gets it. */
export function useUserCapture(source: UserSource): CaptureView | null {
  return useApp((state) => state.core.captures.find((each) => each.source === source) ?? null);
}

/** How the person's microphone stands in a session. */
export type MicState = 'off' | 'muted' | 'on';

/** The same for the session's own button and its mark. */
export function useMicState({ localVoice }: Pick<SessionView, 'localVoice'>): MicState {
  const isMuted = useUserCapture('microphone')?.mute === 'paused';
  if (!localVoice) return 'off';
  return isMuted ? 'muted' : 'on';
}

/** What the microphone's button does: turns it on here, and from then on mutes and unmutes it for everybody. */
export function useMicToggle(session: SessionView): () => void {
  const model = useModel();
  const state = useMicState(session);
  const { sessionId } = session;
  const canSend = canShowScreens(session);
  return useCallback(() => {
    if (state !== 'off') model.core.setMuted('microphone', state === 'on');
    else if (canSend) void model.attempt(() => model.core.user.turnOn(sessionId, 'microphone'));
  }, [model, state, sessionId, canSend]);
}

/** What the camera's button does. */
export function useCameraToggle(session: SessionView): () => void {
  const model = useModel();
  const { sessionId, localCamera } = session;
  const canSend = canShowScreens(session);
  return useCallback(() => {
    if (localCamera) model.core.user.turnOff(sessionId, 'camera');
    else if (canSend) void model.attempt(() => model.core.user.turnOn(sessionId, 'camera'));
  }, [model, sessionId, localCamera, canSend]);
}
