import { Button } from '@mantine/core';
import { IconVolumeOff } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useShallow } from 'zustand/react/shallow';
import { useApp } from '../../state/AppModelContext';
import { useDeviceChoice } from '../../state/voice/useDeviceChoice';
import { VoiceAudio } from './VoiceAudio';

/** Plays the voices of all sessions, whatever view is open; where the browser wants a click first, asks for it. */
export function RemoteVoices() {
  const voices = useApp(
    useShallow(({ core }) => core.sessions.flatMap(({ remoteVoice }) => remoteVoice?.stream ?? [])),
  );
  const speakers = useApp(({ core }) => core.devices.speakers);
  const { chosen } = useDeviceChoice('speaker', speakers);
  const [blocked, setBlocked] = useState<ReadonlySet<MediaStream>>(new Set());
  const [attempt, setAttempt] = useState(0);
  const onPlaying = useCallback((stream: MediaStream, isPlaying: boolean) => {
    setBlocked((now) => {
      if (now.has(stream) !== isPlaying) return now;
      const next = new Set(now);
      if (isPlaying) next.delete(stream);
      else next.add(stream);
      return next;
    });
  }, []);
  const isBlocked = voices.some((stream) => blocked.has(stream));
  return (
    <>
      {voices.map((stream) => (
        <VoiceAudio key={stream.id} {...{ stream, attempt, onPlaying }} speakerId={chosen?.deviceId ?? ''} />
      ))}
      {isBlocked ? <BlockedBar onPlay={() => setAttempt((last) => last + 1)} /> : null}
    </>
  );
}

function BlockedBar({ onPlay }: { onPlay: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="voice-bar" data-tone="warn" role="alert">
      <IconVolumeOff size={19} aria-hidden className="no-shrink" />
      <span className="voice-bar-words">{t('voice.blocked.title')}</span>
      <Button size="xs" onClick={onPlay}>
        {t('voice.blocked.play')}
      </Button>
    </div>
  );
}
