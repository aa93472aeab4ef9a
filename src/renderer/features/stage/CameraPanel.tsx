import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useApp, useModel } from '../../state/AppModelContext';
import type { SessionView } from '../../state/views';
import { type Place, placeAfterDrag, placeAfterKey } from '../../state/voice/place';
import { useSpeaking } from '../../state/voice/useLevel';
import { VideoView } from '../../ui/VideoView';
import './CameraPanel.css';

/** The cameras over a shared screen: small, and moved by the pointer or the arrow keys. */
export function CameraPanel({ session }: { session: SessionView }) {
  const { t } = useTranslation();
  const place = useApp((state) => state.ui.cameraPlace);
  const move = useMove(place);
  const { remoteCamera, localCamera, remoteVoice, title: name } = session;
  const isSpeaking = useSpeaking(remoteVoice?.stream ?? null);
  const theirs = remoteCamera?.mute === 'none' ? remoteCamera : null;
  if (!theirs && !localCamera) return null;
  return (
    <div
      className="camera-panel"
      role="group"
      tabIndex={0}
      aria-label={t('voice.cam.tile')}
      style={{
        left: `${place.x * 100}%`,
        top: `${place.y * 100}%`,
        transform: `translate(${place.x * -100}%, ${place.y * -100}%)`,
      }}
      {...move}
    >
      {theirs ? (
        <VideoView
          stream={theirs.stream}
          className="camera-view"
          data-speaking={isSpeaking || undefined}
          data-testid="remote-camera"
          aria-label={t('voice.cam.theirs', { name })}
        />
      ) : null}
      {localCamera ? (
        <VideoView
          stream={localCamera.stream}
          className="camera-view camera-mirrored"
          data-own={theirs !== null || undefined}
          data-testid="own-camera"
          aria-label={t('voice.cam.own')}
        />
      ) : null}
    </div>
  );
}

/** What moves the panel within its stage. */
function useMove(place: Place) {
  const model = useModel();
  const start = useRef<{ x: number; y: number; place: Place } | null>(null);
  const end = () => {
    start.current = null;
  };
  return {
    onPointerDown: (event: PointerEvent<HTMLDivElement>) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      start.current = { x: event.clientX, y: event.clientY, place };
    },
    onPointerMove: (event: PointerEvent<HTMLDivElement>) => {
      const panel = event.currentTarget;
      const from = start.current;
      if (!from || !panel.parentElement) return;
      const { width, height } = panel.parentElement.getBoundingClientRect();
      const own = { width: panel.offsetWidth, height: panel.offsetHeight };
      const [byX, byY] = [event.clientX - from.x, event.clientY - from.y];
      model.moveCamera(placeAfterDrag(from.place, byX, byY, { width, height }, own));
    },
    onPointerUp: end,
    onPointerCancel: end,
    onKeyDown: (event: KeyboardEvent) => {
      const next = placeAfterKey(place, event.key);
      if (!next) return;
      event.preventDefault();
      model.moveCamera(next);
    },
  };
}
