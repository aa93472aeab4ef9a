import { deviceTiles, SIDE } from './deviceTiles';

/**
 * A device's picture, which follows from its id and so from its key: the same on every machine and in every theme. It
 * helps to tell devices apart and proves nothing, so it says nothing to a screen reader; the name stands beside it.
 */
export function DevicePicture({ deviceId, size = 32 }: { deviceId: string; size?: number }) {
  const { ground, ink, path } = deviceTiles(deviceId);
  return (
    <svg
      width={size}
      height={size}
      viewBox={`-0.5 -0.5 ${SIDE + 1} ${SIDE + 1}`}
      className="no-shrink"
      data-testid="device-picture"
      aria-hidden
      focusable="false"
    >
      <rect x="-0.5" y="-0.5" width={SIDE + 1} height={SIDE + 1} rx="1.1" fill={ground} />
      <path d={path} fill={ink} />
    </svg>
  );
}
