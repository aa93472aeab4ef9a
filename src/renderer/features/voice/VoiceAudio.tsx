import { useEffect, useRef } from 'react';

interface VoiceAudioProps {
  stream: MediaStream;
  /** Id of the speaker, empty for the system's. */
  speakerId: string;
  /** Another number tries again to play what the browser held back. */
  attempt: number;
  /** Hears whether it plays, or the browser wants a click first. */
  onPlaying: (stream: MediaStream, isPlaying: boolean) => void;
}

/** One voice, heard. */
export function VoiceAudio({ stream, speakerId, attempt, onPlaying }: VoiceAudioProps) {
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
  return <audio ref={audio} data-testid="remote-voice" />;
}
