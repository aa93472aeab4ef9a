import { useEffect, useRef } from 'react';

export interface VoiceAudioProps {
  stream: MediaStream;
  /** Id of the speaker, empty for the system's. */
  speakerId: string;
  /** Another number tries again to play what the browser held back. */
  attempt: number;
  /** Hears whether it plays, or the browser wants a click first. */
  onPlaying: (stream: MediaStream, isPlaying: boolean) => void;
  /** From 0 to 1. */
  volume?: number;
  testId?: string;
}

/** One voice, or the sound of a screen, heard. */
export function VoiceAudio({
  stream,
  speakerId,
  attempt,
  onPlaying,
  volume = 1,
  testId = 'remote-voice',
}: VoiceAudioProps) {
  const audio = useRef<HTMLAudioElement>(null);
  useEffect(() => {
    const element = audio.current;
    if (!element) return undefined;
    element.srcObject = stream;
    return () => {
      element.srcObject = null;
    };
  }, [stream]);
  useEffect(() => {
    audio.current?.play().then(
      () => onPlaying(stream, true),
      (error: unknown) => {
        // Any other error is that of an element that is taken away meanwhile.
        if (error instanceof DOMException && error.name === 'NotAllowedError') onPlaying(stream, false);
      },
    );
  }, [stream, attempt, onPlaying]);
  useEffect(() => {
    const element: Partial<Pick<HTMLAudioElement, 'setSinkId'>> | null = audio.current;
    // Firefox and Safari have it in their newest versions alone.
    // A speaker that is gone leaves the one of before, which the system has moved to what there is.
    void element?.setSinkId?.(speakerId).catch(() => undefined);
  }, [speakerId]);
  useEffect(() => {
    if (audio.current) audio.current.volume = volume;
  }, [volume]);
  return <audio ref={audio} data-testid={testId} />;
}
