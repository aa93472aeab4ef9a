/** Largest picture of a recording, in pixels: what a processor encodes beside a session. */
const MOST = { width: 1920, height: 1080 };
/** Size of one that begins without a picture, or with a smaller one, which may grow. */
const LEAST = { width: 1280, height: 720 };

interface Size {
  width: number;
  height: number;
}

/**
 * How large the pictures of a recording are, in pixels: as its first one, within bounds, and even, as codecs want it.
 * @param first that picture, where there is one and the browser knows
 */
export function recordingSize(first: Partial<Size> | null): Size {
  const { width = 0, height = 0 } = first ?? {};
  if (width <= 0 || height <= 0) return LEAST;
  const shrink = Math.min(1, MOST.width / width, MOST.height / height);
  const grow = Math.max(1, Math.min(LEAST.width / width, LEAST.height / height));
  const even = (px: number): number => Math.max(2, 2 * Math.round((px * shrink * grow) / 2));
  return { width: even(width), height: even(height) };
}
