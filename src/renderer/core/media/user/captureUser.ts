import { HitherError } from '../../../../shared/errors';
import type { ChosenDevice, VoiceSettings } from '../../../../shared/settings/voice';
import type { Captured } from '../LocalMedia';
import type { UserSource } from './UserSource';
import { constraintsOf } from './userConstraints';
import { userFailureOf } from './userFailure';

/**
 * Asks for the person's microphone or camera. The stream of a microphone is a copy of the track, which a mute does not
 * silence: that someone speaks although muted is seen by it, on this device alone.
 * @throws HitherError `microphone-denied`, `-missing` or `-busy`, and the same of a camera
 */
export async function captureUser(
  source: UserSource,
  voice: VoiceSettings,
  device: ChosenDevice | null,
): Promise<Captured> {
  try {
    const asked = await navigator.mediaDevices.getUserMedia(constraintsOf(source, voice, device));
    const [track] = asked.getTracks();
    if (!track) throw new HitherError(`${source}-missing`);
    const stream = source === 'microphone' ? new MediaStream([track.clone()]) : asked;
    return { track, stream, label: track.label };
  } catch (error) {
    throw error instanceof HitherError ? error : new HitherError(userFailureOf(source, error), {}, error);
  }
}
