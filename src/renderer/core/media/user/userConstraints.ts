import type { ChosenDevice, VoiceSettings } from '../../../../shared/settings/voice';
import type { UserSource } from './UserSource';

/** 720p and 30 pictures a second: a face needs no more, and most cameras have it. */
const CAMERA = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30, max: 30 } };

/** What the browser is asked for: the device that was chosen, where it is there, else whatever the system uses. */
export function constraintsOf(
  source: UserSource,
  voice: VoiceSettings,
  device: ChosenDevice | null,
): MediaStreamConstraints {
  const which = device ? { deviceId: { ideal: device.deviceId } } : {};
  if (source === 'camera') return { video: { ...CAMERA, ...which } };
  const { echoCancellation, autoGainControl } = voice;
  // One after the other, they clip a voice twice.
  const noiseSuppression = voice.noiseSuppression && !voice.rnnoise;
  return {
    audio: { ...which, channelCount: { ideal: 1 }, echoCancellation, noiseSuppression, autoGainControl },
  };
}
