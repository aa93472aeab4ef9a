import { type PointerEvent, useRef, useState } from 'react';
import type { Region } from '../../state/views';
import { regionBetween } from '../../state/regions';
import { VideoView } from '../../ui/VideoView';
import './RegionPicker.css';

interface Point {
  x: number;
  y: number;
}

interface RegionPickerProps {
  stream: MediaStream;
  region: Region | null;
  /** The picture has a size, or another one. */
  onPicture: (size: { width: number; height: number }) => void;
  onChange: (region: Region) => void;
}

/** The captured picture, on which a rectangle is dragged. For the pointer; the fields beside it are for everybody. */
export function RegionPicker({ stream, region, onPicture, onChange }: RegionPickerProps) {
  const video = useRef<HTMLVideoElement>(null);
  const [corner, setCorner] = useState<Point | null>(null);
  const [size, setSize] = useState({ width: 1, height: 1 });
  const onSize = () => {
    const element = video.current;
    if (!element || element.videoWidth === 0) return;
    const next = { width: element.videoWidth, height: element.videoHeight };
    setSize(next);
    onPicture(next);
  };
  const pointOf = (event: PointerEvent<HTMLElement>): Point => {
    const box = event.currentTarget.getBoundingClientRect();
    return {
      x: ((event.clientX - box.left) / box.width) * size.width,
      y: ((event.clientY - box.top) / box.height) * size.height,
    };
  };
  return (
    <div className="region-picker">
      <div
        className="region-picker-picture"
        data-testid="region-picture"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          setCorner(pointOf(event));
        }}
        onPointerMove={(event) => {
          if (corner) onChange(regionBetween(corner, pointOf(event), size));
        }}
        onPointerUp={() => setCorner(null)}
        onPointerCancel={() => setCorner(null)}
      >
        <VideoView
          ref={video}
          stream={stream}
          aria-hidden
          className="region-picker-video"
          onLoadedMetadata={onSize}
          onResize={onSize}
        />
        {region ? (
          <div
            className="region-picker-frame"
            style={{
              left: percent(region.x, size.width),
              top: percent(region.y, size.height),
              width: percent(region.width, size.width),
              height: percent(region.height, size.height),
            }}
          />
        ) : null}
      </div>
    </div>
  );
}

function percent(part: number, whole: number): string {
  return `${(100 * part) / whole}%`;
}
