import { create } from 'qrcode';
import { useMemo } from 'react';
import { pathOf, QUIET_MODULES } from './qrPath';

/** Least width and height, in CSS px: what a phone reads from an arm's length. */
const MIN_SIZE = 208;

/** A text for a camera to read: dark on light in every theme, as readers want it. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { path, modules } = useMemo(() => {
    const pattern = create(text, { errorCorrectionLevel: 'M' }).modules;
    return { path: pathOf(pattern), modules: pattern.size + 2 * QUIET_MODULES };
  }, [text]);
  // Whole pixels a module keep its edges sharp.
  const size = Math.ceil(MIN_SIZE / modules) * modules;
  return (
    <svg
      role="img"
      aria-label={label}
      width={size}
      height={size}
      viewBox={`0 0 ${modules} ${modules}`}
      shapeRendering="crispEdges"
      className="no-shrink"
    >
      <rect width={modules} height={modules} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
