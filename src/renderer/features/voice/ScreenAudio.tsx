import { useApp } from '../../state/AppModelContext';
import { FULL_VOLUME } from '../../state/sound/volume';
import { VoiceAudio, type VoiceAudioProps } from './VoiceAudio';

/** The sound of one shared screen, as loud as the person wants that one. */
export function ScreenAudio({ stream, ...others }: Omit<VoiceAudioProps, 'volume' | 'testId'>) {
  const volume = useApp(({ core, ui }) => {
    const session = core.sessions.find(({ remoteSound }) => remoteSound?.stream === stream);
    return ui.volumes.get(session?.sessionId ?? '') ?? FULL_VOLUME;
  });
  return (
    <VoiceAudio {...{ stream, ...others }} volume={volume.isMuted ? 0 : volume.level} testId="remote-sound" />
  );
}
