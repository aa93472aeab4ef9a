import { Button } from '@mantine/core';
import { IconVolumeOff } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useShallow } from 'zustand/react/shallow';
import { useApp } from '../../state/AppModelContext';
import { useDeviceChoice } from '../../state/voice/useDeviceChoice';
import { ScreenAudio } from './ScreenAudio';
import { VoiceAudio } from './VoiceAudio';

/** Plays the voices and the screens' sounds of all sessions, whatever view is open; where the browser wants a click first, asks for it. */
export function RemoteVoices() {
  const voices = useApp(
    useShallow(({ core }) => core.sessions.flatMap(({ remoteVoice }) => remoteVoice?.stream ?? [])),
  );
  const sounds = useApp(
    useShallow(({ core }) => core.sessions.flatMap(({ remoteSound }) => remoteSound?.stream ?? [])),
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
  const isBlocked = [...voices, ...sounds].some((stream) => blocked.has(stream));
  const playing = { attempt, onPlaying, speakerId: chosen?.deviceId ?? '' };
  return (
    <>
      {voices.map((stream) => (
        <VoiceAudio key={stream.id} stream={stream} {...playing} />
      ))}
      {sounds.map((stream) => (
        <ScreenAudio key={stream.id} stream={stream} {...playing} />
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
