import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** `fit`: as large as the stage allows; else one pixel of the picture on that many hundredths of a pixel of this display. */
type Zoom = 'fit' | number;

/** In percent. */
const MIN = 10;
const MAX = 400;
/** What a press of a key or a notch of the wheel makes of it. */
const STEP = 1.1;

/** The numbers of the picture that a zoom is reckoned with, in CSS px. */
interface Picture {
  width: number;
  height: number;
}

export interface ZoomControl {
  zoom: Zoom;
  /** How large the picture is drawn now, in percent of its pixels; `null` before there is one. */
  percent: number | null;
  setZoom: (zoom: Zoom) => void;
  /** CSS size of the picture; `null` while it fits itself into the stage. */
  size: Picture | null;
}

/** How large a shared screen is drawn in `scroller`. Ctrl and the wheel change it around the pointer, dragging moves it. */
export function useZoom(
  scroller: RefObject<HTMLElement | null>,
  video: RefObject<HTMLVideoElement | null>,
): ZoomControl {
  const [zoom, setZoom] = useState<Zoom>('fit');
  const natural = useNaturalSize(video);
  const stage = useSize(scroller);
  const fitPercent = natural && stage ? fit(natural, stage) : null;
  const percent = zoom === 'fit' ? fitPercent : zoom;
  const anchor = useRef<{ x: number; y: number; factor: number } | null>(null);
  const changeAround = useCallback(
    (factor: number, x: number, y: number) => {
      if (percent === null) return;
      const next = clamp(percent * factor);
      anchor.current = { x, y, factor: next / percent };
      setZoom(next);
    },
    [percent],
  );
  useWheel(scroller, changeAround);
  useDrag(scroller);
  // What lies under the pointer stays there.
  useLayoutEffect(() => {
    const element = scroller.current;
    const at = anchor.current;
    anchor.current = null;
    if (!element || !at) return;
    element.scrollLeft = (element.scrollLeft + at.x) * at.factor - at.x;
    element.scrollTop = (element.scrollTop + at.y) * at.factor - at.y;
  }, [scroller, zoom]);
  const scale = typeof zoom === 'number' ? zoom / 100 / window.devicePixelRatio : null;
  return {
    zoom,
    percent: percent === null ? null : Math.round(percent),
    setZoom,
    size: scale !== null && natural ? { width: natural.width * scale, height: natural.height * scale } : null,
  };
}

/** The percentage at which a picture just fits. */
function fit(picture: Picture, stage: Picture, pixelRatio = window.devicePixelRatio): number {
  return Math.min(stage.width / picture.width, stage.height / picture.height) * 100 * pixelRatio;
}

function clamp(percent: number): number {
  return Math.min(MAX, Math.max(MIN, percent));
}

function useNaturalSize(video: RefObject<HTMLVideoElement | null>): Picture | null {
  const [size, setSize] = useState<Picture | null>(null);
  useEffect(() => {
    const element = video.current;
    if (!element) return undefined;
    const onResize = () => {
      const { videoWidth: width, videoHeight: height } = element;
      setSize(width > 0 && height > 0 ? { width, height } : null);
    };
    onResize();
    element.addEventListener('resize', onResize);
    element.addEventListener('loadedmetadata', onResize);
    return () => {
      element.removeEventListener('resize', onResize);
      element.removeEventListener('loadedmetadata', onResize);
    };
  }, [video]);
  return size;
}

function useSize(ref: RefObject<HTMLElement | null>): Picture | null {
  const [size, setSize] = useState<Picture | null>(null);
  useEffect(() => {
    const element = ref.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => {
      setSize({ width: element.offsetWidth, height: element.offsetHeight });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return size;
}

function useWheel(
  scroller: RefObject<HTMLElement | null>,
  change: (factor: number, x: number, y: number) => void,
): void {
  useEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return;
      // Else the browser would zoom the whole page; React's own listener is passive and can't keep it from that.
      event.preventDefault();
      const box = element.getBoundingClientRect();
      change(event.deltaY < 0 ? STEP : 1 / STEP, event.clientX - box.left, event.clientY - box.top);
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [scroller, change]);
}

function useDrag(scroller: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const onMove = (event: PointerEvent) => {
      // A finger scrolls by itself.
      if (event.buttons !== 1 || event.pointerType === 'touch') return;
      element.scrollLeft -= event.movementX;
      element.scrollTop -= event.movementY;
    };
    element.addEventListener('pointermove', onMove);
    return () => element.removeEventListener('pointermove', onMove);
  }, [scroller]);
}
