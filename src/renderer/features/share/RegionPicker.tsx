import { type PointerEvent, type RefObject, useState } from 'react';
import type { Region } from '../../state/views';
import { regionBetween } from '../../state/regions';
import { VideoView } from '../../ui/VideoView';
import './RegionPicker.css';

interface Point {
  x: number;
  y: number;
}

interface RegionPickerProps {
  video: RefObject<HTMLVideoElement | null>;
  stream: MediaStream;
  /** Of its pictures; `null` while it isn't known. */
  size: { width: number; height: number } | null;
  region: Region | null;
  /** The picture has a size, or another one. */
  onPicture: (size: { width: number; height: number }) => void;
  onChange: (region: Region) => void;
}

/** The captured picture, on which a rectangle is dragged. For the pointer; the fields beside it are for everybody. */
export function RegionPicker({ video, stream, size, region, onPicture, onChange }: RegionPickerProps) {
  const [corner, setCorner] = useState<Point | null>(null);
  const { width, height } = size ?? { width: 1, height: 1 };
  const onSize = () => {
    const element = video.current;
    if (!element || element.videoWidth === 0) return;
    onPicture({ width: element.videoWidth, height: element.videoHeight });
  };
  const pointOf = (event: PointerEvent<HTMLElement>): Point => {
    const box = event.currentTarget.getBoundingClientRect();
    return {
      x: ((event.clientX - box.left) / box.width) * width,
      y: ((event.clientY - box.top) / box.height) * height,
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
          if (corner && size) onChange(regionBetween(corner, pointOf(event), { width, height }));
        }}
        onPointerUp={() => setCorner(null)}
        onPointerCancel={() => setCorner(null)}
      >
        <VideoView
          ref={video}
          stream={stream}
          aria-hidden
          className="region-picker-video"
          style={{ aspectRatio: `${width} / ${height}` }}
          onLoadedMetadata={onSize}
          onResize={onSize}
        />
        {region ? (
          <div
            className="region-picker-frame"
            style={{
              left: percent(region.x, width),
              top: percent(region.y, height),
              width: percent(region.width, width),
              height: percent(region.height, height),
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
