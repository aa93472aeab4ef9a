import { Button, CloseButton } from '@mantine/core';
import { IconMicrophone, IconMicrophoneOff, IconVideo } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat';
import { useApp, useModel } from '../../state/AppModelContext';
import { useOwnVoiceHint } from '../../state/voice/useOwnVoice';
import { useUserCapture } from '../../state/voice/useVoice';
import { RemoteVoices } from './RemoteVoices';
import './Voice.css';

/** Plays what others say, and says in every view what the person should know of their own microphone and camera. */
export function VoiceBars() {
  return (
    <>
      <RemoteVoices />
      <LiveBar />
      <HintBar />
    </>
  );
}

/** That somebody hears or sees this person, where its own dock doesn't say so: with a way to stop it. */
function LiveBar() {
  const { t } = useTranslation();
  const format = useFormat();
  const model = useModel();
  const mic = useUserCapture('microphone');
  const camera = useUserCapture('camera');
  const view = useApp((state) => state.ui.view);
  const here = view.kind === 'session' ? view.sessionId : null;
  const elsewhere = (capture: typeof mic) =>
    capture?.watchers.filter(({ sessionId }) => sessionId !== here).map(({ title }) => title) ?? [];
  const isHere = mic?.watchers.some(({ sessionId }) => sessionId === here) ?? false;
  const hearers = isHere ? [] : elsewhere(mic);
  const viewers = camera?.watchers.some(({ sessionId }) => sessionId === here) ? [] : elsewhere(camera);
  if (hearers.length === 0 && viewers.length === 0) return null;
  const isMuted = mic?.mute === 'paused';
  const isHeard = hearers.length > 0;
  const Sign = isHeard ? (isMuted ? IconMicrophoneOff : IconMicrophone) : IconVideo;
  const region = isMuted ? 'voice.live.mutedRegion' : 'voice.live.region';
  return (
    <div className="voice-bar" role="region" aria-label={t(isHeard ? region : 'voice.live.cameraRegion')}>
      <Sign size={19} aria-hidden className="no-shrink" />
      <span className="voice-bar-words">
        {isHeard
          ? t(isMuted ? 'voice.live.muted' : 'voice.live.heard', { names: format.list(hearers) })
          : t('voice.live.seen', { names: format.list(viewers) })}
      </span>
      {isHeard ? (
        <>
          <Button size="xs" variant="light" onClick={() => model.core.setMuted('microphone', !isMuted)}>
            {t(isMuted ? 'voice.mic.unmute' : 'voice.mic.mute')}
          </Button>
          <Button size="xs" variant="light" color="red" onClick={() => model.core.stopCapture('microphone')}>
            {t('voice.mic.turnOff')}
          </Button>
        </>
      ) : null}
      {viewers.length > 0 ? (
        <Button size="xs" variant="light" color="red" onClick={() => model.core.stopCapture('camera')}>
          {t('voice.cam.turnOff')}
        </Button>
      ) : null}
    </div>
  );
}

/** "Your microphone seems silent", and "you are muted": each with the way out. */
function HintBar() {
  const { t } = useTranslation();
  const model = useModel();
  const hint = useOwnVoiceHint();
  const [closed, setClosed] = useState<typeof hint>('none');
  if (hint === 'none' || hint === closed) return null;
  const isMuted = hint === 'muted-speaking';
  return (
    <div className="voice-bar" data-tone="warn" role="status" data-testid="voice-hint">
      <IconMicrophoneOff size={19} aria-hidden className="no-shrink" />
      <span className="voice-bar-words">
        <strong>{t(isMuted ? 'voice.hint.muted' : 'voice.hint.silent')}</strong>{' '}
        {t(isMuted ? 'voice.hint.mutedHelp' : 'voice.hint.silentHelp')}
      </span>
      {isMuted ? (
        <Button size="xs" onClick={() => model.core.setMuted('microphone', false)}>
          {t('voice.hint.unmute')}
        </Button>
      ) : (
        <Button size="xs" onClick={() => model.open({ kind: 'voice' })}>
          {t('voice.hint.choose')}
        </Button>
      )}
      <CloseButton aria-label={t('voice.hint.close')} onClick={() => setClosed(hint)} />
    </div>
  );
}
