import { type ComponentProps, type Ref, useCallback } from 'react';

interface VideoViewProps extends Omit<ComponentProps<'video'>, 'ref'> {
  stream: MediaStream;
  ref?: Ref<HTMLVideoElement>;
  'data-testid'?: string;
}

/** Plays a stream, without sound: autoplay with sound would be refused, and what sounds with a screen is a stream of its own. */
export function VideoView({ stream, ref, ...others }: VideoViewProps) {
  const attach = useCallback(
    (video: HTMLVideoElement | null) => {
      if (video && video.srcObject !== stream) video.srcObject = stream;
      if (typeof ref === 'function') ref(video);
      else if (ref) ref.current = video;
      return () => {
        if (video) video.srcObject = null;
      };
    },
    [stream, ref],
  );
  return <video ref={attach} muted autoPlay playsInline {...others} />;
}
